import { safeStorage } from 'electron';
import type { Seal } from '../../accounts/remembered-token.ts';

/**
 * The operating system's keychain, where there is one. On Linux Electron falls back to a fixed key of its own, which
 * hides nothing: that does not count. After `ready`.
 */
export function keychainSeal(): Seal | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
    return undefined;
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  };
}
