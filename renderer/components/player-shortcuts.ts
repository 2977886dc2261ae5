/** The keys of a player's position, for the list of shortcuts; the player itself listens for them. */
export const playerShortcuts = [
  { keys: ' ', does: 'Play or pause' },
  { keys: 'ArrowLeft', does: 'Back 5 seconds' },
  { keys: 'ArrowRight', does: 'On 5 seconds' },
  { keys: 'Home', does: 'To the start' },
  { keys: 'End', does: 'To the end' },
  { keys: '<', does: 'Slower' },
  { keys: '>', does: 'Faster' },
] as const;
