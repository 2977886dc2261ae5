/** Hands a file to the person. */
export function saveFile(fileName: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  // The download has taken hold of it long before.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
