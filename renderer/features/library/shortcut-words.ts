/** The keys of the library, for the list of shortcuts; the screens themselves listen for them. */
export const libraryShortcuts = [
  { keys: '/', does: 'Search' },
  { keys: 'j', does: 'Next question' },
  { keys: 'k', does: 'Previous question' },
  { keys: 'Enter', does: 'Open the question' },
  { keys: 'n', does: 'New question' },
  { keys: 'e', does: 'Edit the question that is open' },
] as const;
