/** Names come from images and arguments: control characters become "?". */
export function replaceControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
