/** What the editor's own parts say, by the phrase that they ask for; $ stands for a number. */
export const editor = {
  phrases: {
    Find: 'Find',
    Replace: 'Replace with',
    next: 'Next',
    previous: 'Previous',
    all: 'All',
    'match case': 'Match case',
    'by word': 'Word',
    regexp: 'Pattern',
    replace: 'Replace',
    'replace all': 'Replace all',
    close: 'Close',
    'current match': 'current match',
    'on line': 'on line',
    'replaced match on line $': 'replaced the match on line $',
    'replaced $ matches': 'replaced $ matches',
    'Go to line': 'Go to line',
    go: 'Go',
    Completions: 'Completions',
    Diagnostics: 'Findings',
    'No diagnostics': 'No findings',
    'Control character': 'Control character',
    '$ unchanged lines': '$ lines that are the same'
  }
};
