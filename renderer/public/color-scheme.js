// Puts the chosen colour scheme on the page before anything is painted; renderer/app/theme/color-scheme.ts keeps it.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('parley-color-scheme');
  } catch {
    // Storage is off; the system's scheme it is.
  }
  const scheme =
    chosen === 'light' || chosen === 'dark'
      ? chosen
      : matchMedia('(prefers-color-scheme: dark)').matches
        ? 'dark'
        : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
