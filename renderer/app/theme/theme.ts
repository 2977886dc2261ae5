import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Notification,
  Tooltip,
} from '@mantine/core';

/**
 * Parley's palette, each scale stepped in OKLCH so that equal steps look equal. Text on step 7 of `pine` and `red` is
 * white at 5.7:1 or better; step 4 on the dark page is 7.6:1 or better.
 */
const pine: MantineColorsTuple = [
  '#f1fcfa',
  '#dbf7f2',
  '#b8ece2',
  '#8edcce',
  '#61c9b9',
  '#3db0a0',
  '#209385',
  '#127367',
  '#0d5d53',
  '#0a473f',
];
const red: MantineColorsTuple = [
  '#fff6f5',
  '#ffe9e6',
  '#ffd1cc',
  '#ffb1aa',
  '#ff8e86',
  '#f26a64',
  '#db4241',
  '#b32228',
  '#921a1f',
  '#711518',
];
const amber: MantineColorsTuple = [
  '#fff8ef',
  '#ffecd4',
  '#ffd7a6',
  '#fdbc6f',
  '#eca342',
  '#d28a21',
  '#b17000',
  '#895709',
  '#6f4606',
  '#563504',
];
const gray: MantineColorsTuple = [
  '#fafaf7',
  '#f4f5f2',
  '#ebebe8',
  '#e0e0dd',
  '#cececb',
  '#a5a5a2',
  '#80807e',
  '#636361',
  '#484845',
  '#2e2e2c',
];
const dark: MantineColorsTuple = [
  '#e5e9e6',
  '#c1c5c3',
  '#9ea3a0',
  '#727673',
  '#404341',
  '#303432',
  '#242725',
  '#191d1b',
  '#131614',
  '#0c0f0d',
];

const systemFonts =
  "-apple-system, 'Segoe UI Variable Text', 'Segoe UI', 'Adwaita Sans', Inter, Cantarell, Ubuntu, Roboto, " +
  "'Noto Sans', 'Liberation Sans', Arial, sans-serif";

export const theme = createTheme({
  colors: { pine, red, amber, gray, dark },
  primaryColor: 'pine',
  primaryShade: 7,
  black: '#1c201e',
  fontFamily: systemFonts,
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.6', xl: '1.6' },
  headings: {
    fontFamily: systemFonts,
    fontWeight: '650',
    textWrap: 'pretty',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
      h4: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '1rem' },
  defaultRadius: 'md',
  shadows: {
    xs: '0 1px 2px rgb(20 30 25 / 6%)',
    sm: '0 1px 2px rgb(20 30 25 / 6%), 0 2px 6px rgb(20 30 25 / 5%)',
    md: '0 2px 4px rgb(20 30 25 / 6%), 0 8px 20px rgb(20 30 25 / 9%)',
    lg: '0 4px 8px rgb(20 30 25 / 7%), 0 16px 40px rgb(20 30 25 / 12%)',
    xl: '0 8px 16px rgb(20 30 25 / 8%), 0 24px 64px rgb(20 30 25 / 16%)',
  },
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
        // The dialog's name is its title; its header is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      styles: {
        title: { fontSize: 'var(--mantine-font-size-lg)', fontWeight: 650 },
        content: { background: 'var(--parley-raised)' },
        header: { background: 'var(--parley-raised)' },
      },
    }),
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 600, radius: 'sm' } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false } }),
  },
});

/** Mantine's own variables where its defaults fall short of 4.5:1, and Parley's few surfaces. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-7)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-4)',
    '--parley-sidebar': 'var(--mantine-color-gray-1)',
    '--parley-raised': 'var(--mantine-color-white)',
    '--parley-hover': 'var(--mantine-color-gray-1)',
    '--parley-selected': 'var(--mantine-color-gray-3)',
    '--parley-line': 'var(--mantine-color-gray-3)',
    '--parley-control-line': '#8b8b88',
    '--parley-focus': 'var(--mantine-color-pine-7)',
    '--parley-accent-text': 'var(--mantine-color-pine-7)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-default-border': 'var(--mantine-color-dark-4)',
    '--parley-sidebar': 'var(--mantine-color-dark-8)',
    '--parley-raised': '#1f2421',
    '--parley-hover': 'var(--mantine-color-dark-6)',
    '--parley-selected': 'var(--mantine-color-dark-5)',
    '--parley-line': 'var(--mantine-color-dark-5)',
    '--parley-control-line': '#6d726f',
    '--parley-focus': 'var(--mantine-color-pine-4)',
    '--parley-accent-text': 'var(--mantine-color-pine-4)',
  },
});
