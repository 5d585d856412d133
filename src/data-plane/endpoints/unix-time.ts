/** The seconds since the Unix epoch that OpenAI's answers carry. */
export function unixSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
