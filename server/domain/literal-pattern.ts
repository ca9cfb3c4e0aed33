/** A text as a regular expression that matches just it, in JavaScript and in MongoDB (PCRE2): escaped is only what means something there. */
export const literalPattern = (text: string): string =>
  text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
