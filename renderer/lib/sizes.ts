const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size as disks are sold and file managers show it, in powers of 1000: `812 bytes`, `3.4 MB`, `120 GB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** power;
  return `${power > 0 && number < 10 ? number.toFixed(1) : Math.round(number)} ${units[power]}`;
}
