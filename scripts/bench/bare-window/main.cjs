// The limit for startup: Electron with one window and one word in it.
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => new BrowserWindow().loadURL('data:text/html,<button>ready</button>'));
