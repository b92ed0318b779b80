import { AppError, Cancelled } from '../../../util/app-error.ts';
import { GrpcError, grpcStatus, type GrpcMethod } from '../grpc-call.ts';
import { FileTransfer } from './file-transfer.ts';
import { encodeError } from './packets.ts';

/** Notified of the transfers of one folder. */
export interface TransferListener {
  started(): void;
  sent(sentBytes: number): void;
  ended(): void;
}

export interface SyncFolder {
  /** Absolute path. */
  readonly root: string;
  readonly listener?: TransferListener;
}

/**
 * moby.filesync.v1.FileSync/DiffCopy: serves folders by the engine's names for them, "context" and "dockerfile".
 * `onFailure` gets the error if a file or folder could not be sent. https://github.com/tonistiigi/fsutil/blob/master/receive.go
 */
export function syncFolders(
  folders: Readonly<Record<string, SyncFolder>>,
  onFailure: (thrown: unknown) => void
): GrpcMethod {
  return async (call) => {
    const name = call.metadata('dir-name')[0] ?? '';
    const folder = Object.hasOwn(folders, name) ? folders[name] : undefined;
    if (folder === undefined) throw new GrpcError(grpcStatus.notFound, `no folder ${name}`);
    const selection = {
      root: folder.root,
      include: call.metadata('include-patterns'),
      exclude: call.metadata('exclude-patterns'),
      follow: call.metadata('followpaths')
    };
    folder.listener?.started();
    try {
      await new FileTransfer(call, selection, (sentBytes) => folder.listener?.sent(sentBytes)).run();
    } catch (thrown) {
      if (call.signal.aborted) throw new Cancelled();
      if (thrown instanceof GrpcError) throw thrown;
      onFailure(thrown);
      const text = describe(thrown);
      await call.send(encodeError(text));
      throw new GrpcError(grpcStatus.unknown, text);
    } finally {
      folder.listener?.ended();
    }
  };
}

/** The text in the build's own log; the app shows the error that onFailure got. */
function describe(thrown: unknown): string {
  if (thrown instanceof SyntaxError) return 'syntax error in pattern';
  const data = thrown instanceof AppError ? thrown.data : null;
  if (data?.code === 'context-file-changed') return `${data.file} changed while it was being sent`;
  if (data?.code === 'file-unreadable') {
    const reason = typeof data.detail === 'string' ? data.detail : data.detail.reason;
    return `${data.file} could not be read (${reason})`;
  }
  return 'the files could not be sent';
}
