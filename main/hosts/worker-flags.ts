/** What a worker may take, in MB: four hours of speech need half of it, and a damaged file must not take all there is. */
export const workerFlags = ['--max-old-space-size=512'];
