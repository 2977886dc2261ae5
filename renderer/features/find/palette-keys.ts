/** How the keys of the palette are shown. */
export const paletteKeys = navigator.userAgent.includes('Mac') ? '⌘K' : 'Ctrl+K';
