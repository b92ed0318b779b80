/** Names come from images and arguments: characters that a terminal would obey become "?". */
export function replaceControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
