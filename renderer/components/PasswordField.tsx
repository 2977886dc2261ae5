import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useId } from 'react';

/**
 * A field for a password, with a button that shows it, which the keyboard reaches. Mantine's own field tells a screen
 * reader neither that it is wrong nor why, so this one does.
 */
export function PasswordField({
  hint,
  error,
  ...others
}: Omit<PasswordInputProps, 'description' | 'id'> & {
  /** The rule, while there is nothing wrong to tell. */
  hint?: string;
}) {
  const id = useId();
  return (
    <PasswordInput
      {...others}
      id={id}
      error={error}
      description={error ? undefined : hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? `${id}-error` : hint && `${id}-description`}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
    />
  );
}
