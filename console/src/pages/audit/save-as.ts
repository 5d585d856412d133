/** Hands a file to the browser, once all of it is there. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to take it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** By the name that the server gave it. */
export function nameOf(response: Response, otherwise: string): string {
  return /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? otherwise;
}

export async function saveAs(response: Response, otherwise: string): Promise<void> {
  saveBlob(await response.blob(), nameOf(response, otherwise));
}
