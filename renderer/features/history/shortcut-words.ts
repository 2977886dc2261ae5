/** The keys of the history and of rating, for the list of shortcuts; the parts themselves listen for them. */

export const historyShortcuts = [
  { keys: 'ArrowDown', does: 'Next interview' },
  { keys: 'ArrowUp', does: 'Previous interview' },
  { keys: 'Enter', does: 'Open the interview' },
  { keys: 'Delete', does: 'Delete the interview' },
] as const;

export const ratingShortcuts = [{ keys: '1–5', does: 'Choose a level' }] as const;
