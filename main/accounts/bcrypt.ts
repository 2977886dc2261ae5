import { compare, hash } from 'bcryptjs';

export type BcryptTask =
  | { kind: 'hash'; password: string; cost: number }
  | { kind: 'compare'; password: string; hash: string };

/** The hash, or whether the password is the one behind it. */
export type Outcome<T extends BcryptTask> = T extends { kind: 'hash' } ? string : boolean;
export type Compute = <T extends BcryptTask>(task: T) => Promise<Outcome<T>>;

/** On the thread that it is called on, which it holds up for 100 ms at a time. */
export const computeHere: Compute = async <T extends BcryptTask>(task: T) => {
  const outcome =
    task.kind === 'hash' ? await hash(task.password, task.cost) : await compare(task.password, task.hash);
  // The kind decides, which TypeScript does not follow through a conditional type.
  return outcome as Outcome<T>;
};
