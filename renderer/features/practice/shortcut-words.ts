/** The keys of a practice interview, for the list of shortcuts; the screens themselves listen for them. */
export const practiceShortcuts = [
  { keys: ' ', does: 'Start the answer; stop it' },
  { keys: 'r', does: 'Start or stop as well; afterwards, record it again' },
  { keys: 'p', does: 'Pause; go on' },
  { keys: 's', does: 'Skip the question' },
  { keys: 'Enter', does: 'Keep the answer and go on' },
] as const;
