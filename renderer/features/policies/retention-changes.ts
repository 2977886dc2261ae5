/** What is out of date once a rule has changed, something went, or an interview is kept. */
export const retentionChanges = [
  'retention.rules',
  'retention.interviews',
  'retention.preview',
  'retention.previewInterviews',
  'retention.ofInterview',
] as const;
