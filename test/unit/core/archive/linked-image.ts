import tar from 'tar-stream';
import { digestOf, type MadeImage } from './image-archive.ts';

/** Like `Files`, with links. */
export type LinkedFiles = Record<string, string | Buffer | { linkTo: string } | { hardLinkTo: string }>;

/** A layer of files and links, all with the same time. */
export async function packLinked(files: LinkedFiles, mtime = new Date(0)): Promise<Buffer> {
  const packer = tar.pack();
  for (const [name, data] of Object.entries(files)) {
    if (typeof data === 'string' || Buffer.isBuffer(data)) {
      if (name.endsWith('/')) packer.entry({ name, type: 'directory', mtime });
      else packer.entry({ name, mtime }, data);
    } else if ('linkTo' in data) packer.entry({ name, type: 'symlink', linkname: data.linkTo, mtime });
    else packer.entry({ name, type: 'link', linkname: data.hardLinkTo, mtime });
  }
  packer.finalize();
  const parts: Buffer[] = [];
  for await (const part of packer) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** An image of such layers, without a history. */
export async function makeLinkedImage(layers: LinkedFiles[], mtime?: Date): Promise<MadeImage> {
  const packed = await Promise.all(layers.map((files) => packLinked(files, mtime)));
  const rootfs = { type: 'layers', diff_ids: packed.map(digestOf) };
  return { layers: packed, config: Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs })) };
}
