/** Bodies of comments and issues. GitHub returns them with the line endings of a form, and trimmed. */

/** Whether a body has to be written: the differences that GitHub makes itself do not count. */
export function isSameBody(there: string, wanted: string): boolean {
  return there.replaceAll("\r\n", "\n").trim() === wanted.trim();
}
