/** Hands files to the browser, which keeps them where it keeps downloads. */

const LONGEST = 60;

/** A file's name without its ending, of which nothing but letters and digits is left. */
export function fileName(...parts: readonly string[]): string {
  const words = parts.map((part) => (part.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).join("_").slice(0, LONGEST));
  return words.filter(Boolean).join("-") || "graphkit";
}

export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
