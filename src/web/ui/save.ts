/** Gives a person a file to keep. It was made on this device and goes nowhere else. */
export function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it when the click returns; what is left in memory is let go.
  setTimeout(() => URL.revokeObjectURL(url));
}
