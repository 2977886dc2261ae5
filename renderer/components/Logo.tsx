/** Parley's mark: something said, with its sound in it. Decorative; the name stands beside it. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" focusable="false">
      <path
        fill="var(--mantine-primary-color-filled)"
        d="M9 3h14a7 7 0 0 1 7 7v8a7 7 0 0 1-7 7h-8l-5.3 4.2A1 1 0 0 1 8 28.4V25a7 7 0 0 1-6-7v-8a7 7 0 0 1 7-7z"
      />
      <path
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        d="M9 12.5v3M13.7 9.5v9M18.3 11v6M23 12.5v3"
      />
    </svg>
  );
}
