/**
 * Of the passwords that lists of broken accounts have most, those that are long enough to get this far. A short list: what it
 * does not have is caught by its pattern, or not at all.
 */
const common = new Set(
  `password12 password123 password1234 password12345 password123456 passwordpassword mypassword mypassword1
  mypassword123 password1! password01 password2024 password2025 password2026 passw0rd123 p@ssword123 p@ssw0rd123
  administrator administrator1 admin12345 admin123456 adminadmin adminadmin123 welcome123 welcome1234 welcome12345
  welcome2024 welcome2025 welcome2026 letmein123 letmein1234 letmeinnow changeme123 changeme1234 changeme2025
  iloveyou12 iloveyou123 iloveyou1234 iloveyouso iloveyou2 qwertyuiop qwertyuiop1 qwertyuiop123 qwerty12345 qwerty123456
  qwerty1234 qwertyqwerty qwertyuiopasdfghjkl asdfghjkl1 asdfghjkl123 asdfghjklz zxcvbnm123 zxcvbnm1234 1q2w3e4r5t
  1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv zaq12wsxcde3 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qazwsx1234 abc123456
  abcd123456 abcdef123456 a123456789 aa12345678 aa123456789 123456789a 1234567890a 123456789q 12345qwert 123qweasdzxc
  sunshine123 princess123 football123 baseball123 superman123 batman12345 starwars123 charlie123 michael123 jennifer123
  dragon12345 monkey12345 shadow12345 master12345 trustno123 whatever123 liverpool1 liverpool123 manchester1
  chelsea12345 computer123 internet123 security123 secret12345 secretpassword test123456 testtest123 testpassword
  guest12345 default123 temporary1 temppassword summer2024 summer2025 summer2026 winter2024 winter2025 winter2026
  spring2025 spring2026 autumn2025 autumn2026 helloworld helloworld1 hello12345 hello123456 correcthorsebatterystaple
  thisismypassword ilovemyself googlegoogle facebook123 linkedin123 dropbox123`.split(/\s+/),
);

/** Where a run goes on in keys or in counting. */
const runs = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'].flatMap(
  (run) => [run, [...run].reverse().join('')],
);

/** @param password in lower case; spaces make no difference */
export function isCommonPassword(password: string): boolean {
  const plain = password.replaceAll(' ', '');
  return common.has(plain) || isRepeated(plain) || runs.some((run) => run.includes(plain));
}

/** One or a few characters over and over: `aaaaaaaaaa`, `abcabcabcabc`. */
function isRepeated(plain: string): boolean {
  return /^(.{1,4}?)\1+.{0,3}$/su.test(plain) && new Set(plain).size <= 4;
}
