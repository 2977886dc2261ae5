/**
 * What the page may do, the same in both hosts. Scripts come from the bundle only, nothing is evaluated, nothing is
 * fetched from beyond the host. Styles may be inline: Mantine sets its variables so, and a style cannot run.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' media:",
  "media-src 'self' blob: media:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with every file of the bundle. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'permissions-policy':
    'microphone=(self), camera=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
