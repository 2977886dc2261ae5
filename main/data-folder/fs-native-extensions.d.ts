// The package ships no types; these are the two calls the lock makes.
declare module 'fs-native-extensions' {
  /** Takes an exclusive lock on the whole file, or answers false when another open file has it. */
  export function tryLock(descriptor: number): boolean;
  export function unlock(descriptor: number): void;
}
