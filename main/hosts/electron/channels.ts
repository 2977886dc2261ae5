/** The IPC channels between preload and main: one an operation, one an event. */
export const operationChannel = (name: string) => `operation:${name}`;
export const eventChannel = (name: string) => `event:${name}`;
