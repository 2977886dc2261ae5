/** For PasswordInput: the button that shows the password is named, and the keyboard reaches it. */
export const passwordToggle = { 'aria-label': 'Show or hide the password', tabIndex: 0 };
