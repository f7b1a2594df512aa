/** The most common of those that are long enough, in small letters, from lists of stolen ones. */
const common = new Set(
  `
  0123456789012 012345678910 0987654321098 098765432112 111111222222 111122223333 111222333444
  112233445566 11223344556677 123321123321 123456654321 123456789012 1234567890123 12345678901234
  123456789012345 1234567890123456 1234567890987654321 1234567890qwe 1234567890qwerty
  1234567890qwertyuiop 123456789101 1234567891011 123456789101112 123456789123 1234567891234
  12345678912345 123456789123456 123456789123456789 1234567898765 12345678987654321 123456789987
  123456789987654321 123456789abc 123456789asd 123456789qwe 123456789qwerty 123456abcdef
  123456asdfgh 123456qwerty 12345qwertasdfg 123qweasdzxc 12qwaszx34er 147258369147 147852369147
  159357159357 159753159753 1a2b3c4d5e6f 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i
  1q2w3e4r5t6y7u8i9o0p 1qaz!qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz@wsx3edc 1qazxsw23edc
  987654321012 9876543210123 987654321987 999888777666 a123456789012 a1b2c3d4e5f6 a1b2c3d4e5f6g7
  abc123456789 abc123abc123 abcd12345678 abcd1234abcd abcdef123456 abcdefg12345 abcdefg1234567
  abcdefgh1234 abcdefghijkl abcdefghijklm abcdefghijklmn abcdefghijklmno abcdefghijklmnop
  abcdefghijklmnopqrstuvwxyz admin1234567 admin12345678 admin123456789 admin1234567890
  admin@123456 adminadmin123 administrador administrator administrator1 administrator123
  adminpassword alexander123 alphabetsoup america12345 arsenal12345 asdf12345678 asdf1234asdf
  asdfgh123456 asdfghjkl123 asdfghjkl1234 asdfghjkl12345 asdfghjklqwertyuiop asdfghjklzxcvbnm
  babygirl1234 barcelona123 baseball1234 basketball12 basketball123 batman123456 blink182blink182
  bubblegum123 butterfly123 changeme1234 changeme12345 changeme123456 changemechangeme
  charlie12345 chelseafc123 chocolate123 christian123 christopher1 computer1234 computer12345
  correct-horse-battery-staple correcthorsebattery correcthorsebatterystaple default12345
  defaultpassword demo12345678 dragon123456 dragonball12 dragonballz1 elizabeth123 everything123
  facebook1234 football1234 football12345 forgetmenot1 fuckyou12345 fuckyou123456 fuckyoufuckyou
  godisgood123 godisgreat12 google123456 googlegoogle guest1234567 hello1234567 hello123456789
  hellohello123 helloworld12 helloworld123 ihateyou1234 ilovejesus12 ilovemyfamily ilovemymom12
  iloveyou1234 iloveyou12345 iloveyou123456 iloveyou4ever iloveyoubaby iloveyouforever
  iloveyoumore iloveyousomuch iloveyoutoo1 india1234567 internet1234 jennifer1234 jesuschrist1
  jesuschrist123 jesusislord1 jesuslovesme jesuslovesyou jordan123456 killer123456 kobebryant24
  lebronjames23 letmein12345 letmein123456 letmeinplease liverpool123 liverpoolfc1 liverpoolfc123
  loveyou12345 manchester12 manchester123 manchesterunited master123456 masterpassword
  michael12345 michaeljackson microsoft123 minecraft123 minecraft1234 monkey123456 motherfucker
  motherfucker1 mynameisjohn mynewpassword mypassword12 mypassword123 mypassword1234 nevergiveup1
  newpassword1 newpassword12 newpassword123 operator1234 p4ssw0rd1234 p@ssw0rd1234 p@ssw0rd12345
  p@ssw0rd123456 p@ssword1234 pa$$w0rd1234 pa$$word1234 pass12345678 pass123456789 pass1234pass
  passw0rd1234 passw0rd12345 passw0rd123456 password!123 password0000 password1!password1!
  password1111 password1212 password123! password123!@# password1234 password1234! password12345
  password12345! password123456 password1234567 password12345678 password123456789
  password1password1 password2020 password2021 password2022 password2023 password2024 password2025
  password2026 password4321 password@123 password@1234 password_123 passwordpassword
  passwordpassword1 pokemon12345 princess1234 princess12345 q1w2e3r4t5y6 q1w2e3r4t5y6u7
  qawsedrftgyh qazwsx123456 qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb qazwsxedcrfvtgbyhnujm
  qazxswedcvfr qwaszx123456 qweasdzxc123 qweasdzxc1234 qwer1234qwer qwert1234567 qwert12345678
  qwerty098765 qwerty123321 qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789
  qwerty1234567890 qwertyqwerty qwertyuiop10 qwertyuiop12 qwertyuiop123 qwertyuiop1234
  qwertyuiop12345 qwertyuiop123456 qwertyuiop1234567890 qwertyuiop[] qwertyuiopas qwertyuiopasdf
  qwertyuiopasdfgh qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm raspberrypi1 realmadrid12
  realmadrid123 relationship rockyou12345 root12345678 samsung12345 samsung123456 secret123456
  secretpassword secretsecret shadow123456 skateboard12 slipknot1234 spiderman123 starwars1234
  strawberry12 strawberry123 summer123456 sunshine1234 sunshine12345 superman1234 superman12345
  supersecret1 superstar123 supervisor12 system123456 temporary123 temppassword test12345678
  test123456789 testing12345 testing123456 testpassword testtest1234 thankyoujesus thisisapassword
  thisismypassword tinkerbell12 trustno1trustno1 unbelievable undertaker12 unicorn12345
  user12345678 user123456789 userpassword vodafone1234 volleyball12 welcome12345 welcome123456
  welcome1welcome1 welcome@1234 welcomehome1 whatever1234 winter123456 wordpress123 yourpassword
  zaq12wsxcde3 zaq1xsw2cde3 zaqxswcdevfr zxcvbnm12345 zxcvbnm123456 zxcvbnm123456789
  zxcvbnmasdfghjkl zxcvbnmasdfghjklqwertyuiop zxcvbnmzxcvbnm
  `.split(/\s+/),
);

/** A few characters again and again, such as `abcabcabcabc`. */
const repetition = /^(.{1,4})\1+.{0,3}$/;

/** Is the password among the first that somebody would try? */
export function isCommon(password: string): boolean {
  const small = password.toLowerCase();
  return common.has(small) || repetition.test(small);
}
