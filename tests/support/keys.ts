// One table of keys for tests, made once with openssl and used nowhere else; PKCS#8 in base64.
import { createPrivateKey, createPublicKey } from "node:crypto";
import type { SigningAlgorithm } from "#lib/crypto/algorithms.ts";
import type { KeyPairMaterial } from "#lib/crypto/key-pair.ts";
import type { SigningKey } from "#lib/keys/key.ts";

const PKCS8 = {
  rsa2048:
    "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQC/KSDnU+XUicJrrg5yK1aiFnZsBqWgUUHTR1xQXiuyBijw3MJ0eEbwnsB3qYYHLO8kbhG+pGsQokD2u88mmkdBtdzfZEX8DQgpXRs6Pen4QUv76dILNzYqDRR7gZeNtvZIPTQNWPIa3p6xYsvuE7fRyRP7dAoYfQb5vLreAaFPVaEEbzREzw7TW9g9+d16WCdujioas2TpiTwoZ8Zy4dLhU6beK1oQh940XcyZ2t2MAUSXjvHV9mSo2FzPzCcFESFK0gwDE3bKsWp3OE3PEoVfZ8X1LjN+KyajTdsRL8HZ/+tMMjr/N5aHyRsV4zli0KQqBaIeWYFg2bT86s4nZ/qnAgMBAAECggEADOAVlEO3pi/OTq6s9Pvrt7rVljqBhsYSUoJGX1P2JcDDCFBhnbLt7EUHVVpB13fiUd8eT7S94xERfahNi7A2fnKtOQ88EllDf+SUzVME0EMSNKx44/lbBnExqh9Zr2u46yT3mPuxHSXoAGUws2iLKAJDjradslFoWifNo3GA8zUFQIMw+iZupyskidW+63kZRNdFoVwZ/Wa/s//1/PLFa/mUPLoal9na1K3sU9c7Ei4BKdxMfGXUO+8ZjY/0SJgMuJE/qunQhXTX38Ga1aG0NZNXUXSp5VFHSTywnLhjuHCu6sOXu/1TxwoiNoaox3FsOYyhyXeza5b5Pp9tupqlYQKBgQDtqoUa8NnxQ9+zP3xiSudTs9uPb4cd120xpLMhIfjD2565gSX96hB23LygpR9Xms61OEaXFjjcFCDj3xV6P2Uf49+wyu91VO2aNSKyNlYHSMxowQh5O8VjwIQLbKVZ4P7CRA9j8yJsdD3DQ46Bz66SWH4rDTc0R3amnllnSc+L9wKBgQDN6DWfOlMas1Amuhr6UKvILNWbJ2onrsDy92JxLvbB3JijU7BR9DdnS3TfAGHPN14YPasPI/zk5gPh0uhcbM25VgfGsSQL+YBDSUf89QrDLYINFRiVarPWeZpFm0DEkW0aJpZWhT1ioB0e3XC4LpDNVfdAoNn4iIZTsoO6RxV60QKBgHlTg3+tVJUFwT0QO78x3cWtG3itxpxFTUj6ezd+0C+r/etVMr/crWsAZIrdwJJIRR3eDKs0fPJclC2/xIcTtdwByD/IWVXcdS8z0PKJKoGteCxB3sGE8c9qh/4NCJxJb8RcWj7776bN8HmuEyHRk5zB8CaqKHRXxwpn69v+oiUhAoGASd79Hdr25aVfJAWwmA1JE8/B8p/5XbM8Ve6ayrBmprZVrILhxwUuu0g+7aJddNIQV/IH5K6slBJRYjsgUchXJh7PO2Fh5Unl0j4ALahb7BnvhnIDF9foHRITXtWMLvldgvxFA1VZ6IA48lHPlsRd/szQn8cVbCzOxEhPKg1Gj4ECgYAj3HL4LVnnx9pZyVj2f4KyHLWVss7+F7KHUNoYR4zgyeYJBt4dyRP2AQsI3WOmicM2O3fPKhQkqoi05hT7J4QCVvE6fq9FniJWQ3XVH/CLdZxubRoXMBuh65QS+gDFSjxl8R+uUwKPZwpHg6is9LEOjtXddnPpULiBkCRARvP+lw==",
  rsa3072:
    "MIIG/wIBADANBgkqhkiG9w0BAQEFAASCBukwggblAgEAAoIBgQDEk8XL5D7WCkspdeCy8pp5tW0nG3s8QMacGz5biH++9T2OitxWSiW8jxmouF/QNEf6ZOcsjbZhZ+0hpkBhqVztnBJ4GxRnFekpvwZOrjRgBDk7shW/5DFJQlfjGEvazv/2VcQeP2jA5H35RolySDQT18tFtKbo22hHchVqde/Zvero8WWWYyfIrXRbZBs99yt0kJ5y/UKSbJmFPZvBHvYf/oamjcO1sdVDSsekFtPpbZ7io7CCa0+1VGCVmJklydLopN4S1O1O/HGiHYsR8C5ABjXxoYJduGqEmnfU/R1j8INBhNxEsg0Zq7sIznm7AEJSvZMPXkYPEORWJ4jjimXiQH70I4X5kS6KwXkw9eVXHc0w1a1MjQ7o+J10O94Ihzm5tx60ZmWcjF3kf2j1BVDI6YL5/oTK+eN0iNHX8lz9ql3ulWqvWxjbGdsuW/WY8z0Ys3ivfXHdRDYVFHJzHE4iVLB/BuQWlrcuk/0e4YsgWAl0wzqMfujRjYVsVPDvYuUCAwEAAQKCAYAe/sPh1b/YpO/b/jOrU5hq12H6GBmy0u3eAGexLBEkbWvC1X9PdcqEdDXSBhxJamzs/Mr8me2nZykbNKkTHQ7DgmfhGzf41xoYFIAsmMg2WYQitv457wOcbwMHkjWnrxrp3vUY5duhCoYYb3hNljfr5wsslwL4VVwYY9Mfoa/rb8gh6aogb8r+l+bwYBTxjM8DxqfNLsS37Lq6KRAtf7HEMrBNg63XsM4VGa3n4BeSx0+VocS7k6sSRtchz1lafXtmnce+p0oeZl5esQIhdpNBnyxEUCWWIkQxdBSkOjJ0qws02TBBSIM6UzZrtcNbNW5xwcHkBeTVBPKlkzsn1zih7KUdaTdl5HjO2g8y+2RpwiU1aLYSgTNKcNOzMOGuocRryz6Ha3+qB0A+Fbu3ngknT896G6EcVEFlar7Jqx3+x1Anw0cLe+txsNTfbLJAWMU6TlJEf8jXKtouNnGChdKKpVw8HQlUCh1DOC6KgiSdBTyh2Ett5bVvEQyl5OFdXZMCgcEA6AeaynMFkS0ohKEoIVymkpsdfn3Xw9GX7BpDX90DzxqN5jkXvbCMUTgpxdgcxHY4wFvRNE0Zf69tAqI/Mpd/2oOnPKNssOAsTiP1c95Wkg+zNCrTe+NLWuH+YJgv5jsixDKi3bp8c6PfMkC2In6gSkFW8Z4jk/cbX0DWq/pyK0iV83WCvba2vlkQ+GMFHNyzCEM/i7tJyKn05xe2a5pPI8eHopIfaYMXvEhCUMRGKvErY/1dVw0R3f6v6A5MKCRzAoHBANjikioFdIBe+rRi1jNWKOzXTD1etHEaVOaBtrkPI0JG8UJdHoGpFcn9J6112PG2rQyl3n/q0MAkGOmqTnuwLvLCgKKxz+a6CKhVxLgij1LMAX8qUyoHIQXnZiiSOu98yADidIOK2RsPzeCcE2tJly4BuNyDCGoMVrObY7HMf0TaoR8StNQ/t3rmKNpOw4tC7p6Aok8S+P/DVVTd3F9Smipwy+xEeSOPCdRKOXTZjBSCUCJp5aCJ0yqklIL8rNLdRwKBwQCa0PgnPLfqNgdi92SfXgKGr5juXWkp7x8/Ggb6X6268izcABwnJTV6u86jg58uNvOG5byg+RCacaJ6r2cbipp0YoOjoidTnT/yo2uS9DcvHeqkVC7n6rDM4x2nteO/6pU389FXwKZpQl4aWbMtMPAim5Y3gRycDbTlyY1zEpg66SOkXjPuAYvNVgBMu0UeDOQoDzbHNR/2E/CkgN3mzf8gEHIftv/elumvZ0dYPJ3U6TXacaNmAgJ57QXSADgwUKECgcEAvVWtu7lfZuGDgw31aIOC3p9lEv4mD8ao70G1vgAVC7raytB33UE6oEa76JXEed67WxtCDfFzowjgJrxiH2BC2/IoUd9gW090V1/oh8bDz8gAVn8gcsQedAT6Ddj6Ui9gekU26c7AkPtPAxG9ch+gNq2SMA7DvbBf0BOLCKA5SmaB2Zp++ftVtZhPeaTg2CXqIbyx9M3fSYfAaoHz69M0enBV1UBBcGVic00Is5Vm0FCinChOKcOn8MYUT/U8+ifpAoHBANO1r/LdTe62EyikpF/6m7lyI9Tzf8FjpupMUmEFXLNYI/SqAlEHjFNl755s0aXLYr6ByC4MtCHF5zmZKTqKAhC6+kw2vlfWmFCqyYr926SywKS1GyCm+xSF60U7AJuiU2if7ytedkhc2KAqA2J0eQNfVF/KadJaaYHWxEgroZF7tbuWBTmDvXcfvSRODQWb7bulNxifyeQwgtuqPiQrX8+EivZim5OUIXOMzusfLXLbH9xi+0tBNErSAznujJSBUg==",
  p256: "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbmhdlj9q8MzsVa7zQAzdVcdDkWIYrFr9fD8JwgH4lzqhRANCAASjDC5NeHNh3cF30gR2WCWR/sKl3Irtcv481J+ego40G9A2D+TpvxNhrTU4leZeTqDyoFx3WPJiJXJoHMpuoKP7",
  p384: "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCw62WKLmx47bPA1kE95d9CGHL9SToGVyGPp4fwqFBSysxheEjif1T2zZ0RZb+u1oahZANiAAS/3kfCYHue8CUDf2+ff82hAzEoGil0cfmUYi6hVsTJ83/eCBHq49oANQh8efgDz5f+AWXq0WPm60n0C8pqgrbVi1gIlxeuX8AqRerVenTENx8Kc42ssqL3ew0vAibge/s=",
  /** Both coordinates are 66 bytes, and x begins with two zero bytes. */
  p521: "MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIA/I7AHdJ6DJVbpLNRfWyU9YxlPDTACVU9DMBG2fJyreOt9+T1WVocaZXOShLVJjK4uW0ImL106BzlonI3HyHpT0uhgYkDgYYABAAACpEcocEu/uEpXQsjtzOraQfmFueMwE7jTfqHgacHM0UjwJiei+rLxWupO2oF+InMgZuOvGnPIZupD/wAfYyZDwBkIieiRjEf106U0mFOl49sY0ucvYnARDxVXVqdDpibphlmgQsx9oN9gtjU8Sc5EE/UX37xGfX11ixDn1sip91bBQ==",
  rsa1024:
    "MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBANP/uyk6v0+DB9FbWH5gVlSo6UaMKJmBDYs5uyhLG3MHAb/Yubg+io+6BDfqH+BCpZViinlo2lF+hPAHumWp+D1HXJ6LzEjccoqeHTaHk1p5YxUknjjkeuTtYk4nlZb9zhE1U9S3+K+25EYXBzZisPZuulsmMLjipxpfk+LbqahlAgMBAAECgYEAiT1SMjyfwJ94niVeQmGnQaMfcNYnKkiLNggniswkdvCgR0vL3uRN2wF23aOpAwriGrTyI+qm+n7HHIREPLAtzH7CtlQIlxJmc8IWRjWmB3GRgh4s7EfJWW7nm4XQJayn3RWHmJOCdEXg6YKfcpZ8RVXdCzws7xyR6luHp76AurkCQQD/6VEtmArpIg6iLR0XCnF7lKGMUp91rOsKEjn+NXaLdn2cyi6/HZOpXXVcjbSD+G4flygCb4GVCZOZEKnUNhbPAkEA1BKFk5mI4x81nKkHWZqhq+s5RZYnNEnrgFL/JH1rRqJjWfLVP4Uyw1AaNrWr4R4Ae2/l1hh/IqWVFFbpxvHaiwJASOtAeE9kfH150fgs283b/Cyjw4ofabZ12o7K+4ZcWuzOagiqPUa+Nnos4Mx37UqyhknZ2qfPMpph9jFrUs5+vQJAFJIbXN7WtVkwpRqMOPfT2M4/Ru2yrdLBwjfKwepcfoR/6JiycK/l5aYedNIYcwSq/U40WBkWM/ElzcxEbuTE0wJBAJ78GTqv4zp3s4gEf4O/hkc71KnSYL+hNcdmF5OwXOIZnpqEV9et+HwKUYrwFKiidDj10iytSJYgP4udCQMxEEo=",
  rsae3:
    "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDd6fZ5K0WKXmiZ/nsn8Q/QX/eXubu4x8CdYjWVYMKlfBrKZDqNOoNfGaMmBkLuwIgOX1d2jQujqWOch8Hm80Xq13Bi9m4nWJVk2bJd9viKAY2cWyMni1fvseAgyrTu/238/1BOwxCpiw0qBVjMz1jt7HZL36+AVNfelayksnkOmqQTT4PeKLmSdriFm/Db0GFjA5cKGHYLMKAYyNQsP77Se/rw4d+wiHSR/hPCD23jN9b7YN/fDwKFnx/wHiyWyUqXx+kyJ0qh4CotWTctPtcImcgV9iTpcTPM/KjI8L4Ocki0u+5MTCgYLDIo9JKXUk43Lb/xpyRMSEukWsPnZlWVAgEDAoIBAQCT8U77ci5cPvBmqadv9gqK6qUP0SfQhSsTls5jldcY/WcxmCcI0azqERdurtdJ1bAJlOT5s10XxkJoWoFEoi6cj6BB+Z7E5bjt5nbpT1BcAQkS52zFB4/1IUAV3HifVPP9/4rfLLXGXLNxWOXd35CenaQylR+q4zqUY8htzFC0ZdoHot1ow66UyA3/p0xOkRPttR/SUeUN/EFX1XW1XLv63OzMd9cXgfBM2UUtlGjWpEc5dIsDVlw0rSkbBgN+2eUaW2DkPERKkCzFIsBc4AHJm+4uctJqmyZAwObEBQNwdB1ui8tEY9nl3OhldJT56HFgjruO21n8mn2hK75HK1XrAoGBAPdwBs+Iv3OsY+JCYKkklLZj80D9xqlLaXcB41/hy3Yi2+yT/8Yl9Trex1yUipQ69pmHWEgRf81iEMHKVBnSlyFKTCS1lUJjvU7Wuz1Mn+iVT+szvKeweZ3NuLoJyW6osZYpqLC6wVh3ERtUoep+82th5aWCKoCjVAtH2R7DBe/NAoGBAOWX1Gg4Q8AG5sFDwFVBYg0agKZQ1vUqzMcTJUO6aS63VKsqLlbnUFE/8M9pJjxmStKd2cdIjarUiqB9QQ2F61Gl8rMmN6HOSpgu6dlVTuvE3/ecjUGZDtyeIpSZH8o9EoZlQYyq9QjIT7o8I8ihgjjEcgEZM5yuDIPqwAe5n2TpAoGBAKT1Wd+wf6Jy7UGBlcYYYyRCoitT2cYyRk9Wl5VBMk7B5/MNVS7D+NHp2j24XGLR+buvkDALqojsCyvcOBE3D2uG3W3OY4GX04nkfNOIapsONUd30xp1pmkz0HwGhknFy7lxGyB8gOWkthI4a/Gp95zr7m5WxwBs4rIv5hSCA/UzAoGBAJkP4vAlgoAEmdYtKuOA7Ai8VcQ15KNx3doMw4J8Rh8k4xzGyY9E4DYqoIpGGX2ZhzcT5oTbCRyNscBTgLOunOEZTHduz8E0MbrJ8TuONJ0t6qUTCNZmCehpbGMQv9wotwRDgQhx+LCFinwoF9sWVtCC9qtmImh0CFfx1Vp7v5ibAoGBAMI/C7e1A+pgSsmE17UuNyaAlN4XgHOHbrG+7bd6BawwYEr9eK5v+9rOqgepGqgZBIae2Z+w/xaBcEmOUAUj7QaOC+lSh8IGQZXGsZ47C6rNKsCdLUwYOv14MQMpi6exJ4TEseX0urb2FOLlFhZwFbJvah79k3/uHfBsQJbl31Dh",
  rsamulti:
    "MIIE8QIBADANBgkqhkiG9w0BAQEFAASCBNswggTXAgEBAoIBAQCmzePJEc2XIZFBnuAv6HociWLUB5EKqRjGpDLflT1BPzP8/H69wEogZhdhlkxGqrrDygFlyA4uC1Rbu/P7XeMML2Na9VlqSyKPqwJ0sMJhz2Xhii4ywN1UWMC56NwrSibisrCYTpQeEumh5yDcPIepDP6maMh1K62cQHuvBl5XVeUuGBToxp/5nxKXzjxBGxyILynuSbotD+lLoBTNXjiWZOxk1JWQd7Tj1zGdV5SVJhS6VPwMZq5C8acDM13TAqMr64PAUN29QiVwwLu+fgcAnje03EmDweQJT0D1rUVz0+PEUJY9iVhlWyXfH+PFzZwD4rzE9RY2EM1fbicFnQ3VAgMBAAECggEAO+LFegXbQvw5M07//BNB7AbjJW6GA0bMb1y6Kw1gjZFMb/KS6jskIdelY1Lbla9sGCjpMYqOlLdalQi4wrFld5V33UsizAeno97opc5kK0uTr1K13T5nQ1BSnFQllHpjf2MSBpXcrF+D0LqNYtmo0QYpE8JHBgYb2eJkpCot/yqaMGCkpG0qvjjJhQingcaHmn3v9jpE77DkVFi3/iSCou0q0TShgfzUiMlJbNznfd6dOSCjPLIHqPN+bonqmi9ad4RWiK0RXXfMbOag6Ew7i4eQa2NREc9vLrUTQCVU3nZh8N1fwp0r3zNh9XFKB8aWTPp7peixVlk6XQL3cN9n8QJWBwTHYIGKDAJRE5vfWHpR6chVUWjoxFLZM+2EcfYb+Epv32p8cGG+bWK/FouzoJ/vF1zZgZDFjn3TDq/fhu1JFelANBY/sm30yT7Ys/PvoL1S3/8S748CVgbOn/XycfLLMd5wpv6//powz2S3c0lxOrBfvNftTJlerYyGSEhS6ZxK8E2LVRiVOKEvP26v2RusFDFrsxFuc9wX8r6kNhV+KKKnA+b2DgEmga+9nBptAlYGIwiNelaRD4mCorzT6QgsaK0o5Jj56BLgk6JF3tIv9C4DZGFwBhbyH/BDL12daZotjFLmNgZ3A8+CPQcuO9W2od8wa++//OKXACuMlRMGMeP/1VDiQwJWAab3VngBRmAhe482SVEKmBxOynBokCPmjda+/F4BoJxFXX1eYAeX4jKiPwAZqHzXoO/Z4qDV/ox23kP407tObdZ2OeWbpv3XGRuWq+F/JrJU+fX4xMUCVgQ4bL7QLy798lmB/dDXubj9Es1iBS3VMvc3UOe89mvdHF8Fy23wwczOEB+oM3RQ1NquwgwMQa/OSCDxG/gyPBEWNtMwKilHOHiA95hFAa0AtseOfhTUMIIBCjCCAQYCVgN9xo8zcRvDAEe6PCnDd1EPkMxLPiOx1LvZ2/Z0XTH30LThjJcZZS3gfskg1ZIg3eF/89DNcK7FweCnBphQUDKg4/9xVqJzj+g6C5J8ltHwmX/KxyrnAlVVQ1ft5GBtnd052vtw9jT5cyrKEsd883poMh+0wh8+MN7QlYTkm05hGDc/tqAWGpSkjDHjJ1jE7NXtmSd2oe/ygU2hFk6xD41r3CbBU/H7LemPAqkJAlVQl4GDJSfQo7IiudmFMn2a++K8CAUnbGG0SA5+h5aQbWoFh+W6D3sC5hYS8XOSjpZssY9KjMGnoLzT6M3sW/AEE3bDbuzTyhLVC7cRaz4kY5x/8aKf",
  rsapss:
    "MIIEugIBADALBgkqhkiG9w0BAQoEggSmMIIEogIBAAKCAQEAuljO2avSna74/NxF61gO3Ri2NrJWpARIEAYwHUUb/zw+VVmdUVV+mZM+fLLr8fRZn/mF6Cj+ZrejyOzBmw7w4vEdQN5FqtUmh3L76U1gBe1+t/l/P8vG85830m/F54+kwemNPtw56c/D4YmqMOUmogNcB2csTYBENzXfjap9qaMiC9riySp8dvbF60sgmL9NGxBOEGhECiAiB0u5jm15kgDHHois1eF0iwXuZ2gXZZ0+Qrt3+S7Lf2uE+tgtgLnWnihPErWWWs5KJVB16OHFJta1RxCyzBKbvm0jq9rKHO2peVWvTfYDDeu/GnAlc5y74xP5DniY4vh0hAvQzy0kHwIDAQABAoIBAA60+ZumUENk+X5YvXqbLY53knyd9fE7QUYP0aD4a62TifE0gb0B5rGk3wFPzF1WhUhMlNaY0v3fr8vTcQhAKp95RhobhhtlzS+oJzI84BTiWeZCiQTLnBJtgNCumkucmPU7mIvbLQWYrINSrnLuHZlwcxqbzZxO65NWliPZI9J3zIT/XLircTihY2EhapeS/cFsxVHZgHXhzOHu1q3NLu3PQA134yebtiGEwMfK7EMrf89rIS8vW0YEXpmx/ADGoTuduoRySDROWqlAnShKpn3HxjCh5Bgem3y/s0w2wx6Ul0WVGQQfhSaNBGNluW5/1bFZUZiUmrWWc0ELc4pqaxECgYEA9AC8J5fpVPB4+FZe3tjq7s8mNJIU0QJX7PDBsQGVFDwOtPcC2v9B92fv5soPsyE+z5HWj5DpnKjMBhvKGpBMudwgrT4tFDfUieElcU2+9c+pmVaBrEIj/W0KBa4WMO5ztt/p2+K9gnGekD1JUFHu2aUqTCJUO4r2aRcrln5j0SkCgYEAw4JbcP/JCaCYGbYC9JJuXHYOsDjHcrseiWf8vze9HxZi5Cv67MWJpE76AFQXmeXH6/sr2kC/R1o6oQkYlOfyqdp7V77QtFxLjMdlc0NTkoYiClliGTKSwqU8xf64zWGAq29IjnI0sbz5zhUXSIpttqDiSX5nWUrRcwIqKNWQjAcCgYBLa2K9Fj6AC6hIkmHWndPYJt1XSIP4qrHEwhIMhUGwNHQTSXpveJDKSS0k9/XsV21TuW9JhvA+hQozJSnOFiYxGLJc+ify5OLkD1yEbhSFZD+27r88IGGBds+vO8UOMNZBg2qElcwf4sCxMtBTbE/YpC2zxLSmhuhtSUUmykBOKQKBgCs0nKadMD1bayGLcp2/2nm+cUKKWbFGHtp4y4cqdzXuiY4pFfvLL77K4T6/VrPg7sx8plVGJ79J9ljuHKuTkrHsoYNjnNWu69dBnW7aexaPY+hrll1BKuOvBn4u64IfwQKhxiQMow6AV6guSwXx6YsJhNh/AbHe8eh7mvuJLrdzAoGARDmGh8dgsKO93rHrQPggLIOlr1HdW5WrOQL9VIsX3fzJamuC4HsKI0PqFzHkWoK5x1QXTLkHA8FvDRYN6H0LB3w1ktXE3569PPDrj9WldYinPctGXuHDRtGSAT3Itb7M5cXClob5Hq0bhF1QB9t3jB53ynu8wmwCXZT0WnzJQVs=",
  p256explicit:
    "MIIBeQIBADCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAAAAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA///////////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSdNgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA//////////+85vqtpxeehPO5ysL8YyVRAgEBBG0wawIBAQQgzX/m//9w0hdaH5owWfBezIxdSisrdgrST72qogGSJLOhRANCAARkEuWXanosgrwuYV/gMUuY1wPRkcDwWm9JbcDdBQZBroAO+h0lB7KAy+Sgd6v7ADZzfxHjwHhdRDAVN2s5SpLx",
  k256: "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQg+MqLQ1jXQMGjLwJLUnippXTbREQgLi7lp27IosdNGzahRANCAASPRf+tnbJgPnYnOJD3KDekf2HI/RNdMhMQxImvTjNQWjFgU1zhrciY3E0M/DoesjdxEgSXPDo53Y1DaiyRFGDY",
  bp256:
    "MIGIAgEAMBQGByqGSM49AgEGCSskAwMCCAEBBwRtMGsCAQEEIFAGwpsr8iFARmc0+wGnvchxO26DuyMQ0oC4JmAP5leqoUQDQgAENNV2SGA7Vbhz/DCsZ4ICOfgH7iwhELyWE7M9kICZAx53qZhGXsOGj41fPOPwZEV4ZmlJZuvxLChMNXmZWhqDgQ==",
  ed25519: "MC4CAQAwBQYDK2VwBCIEIHrTUVfg8FDRdLWDiLgTvbq61Z6QH8XTV9KOCXAuH1zF",
} as const;

/** The name of a key of the table. */
export type TestKeyName = keyof typeof PKCS8;

/** Sound keys, each with an algorithm that it is good for. */
export const SOUND_KEYS: readonly { name: TestKeyName; algorithm: SigningAlgorithm; rsaBits: number | null }[] = [
  { name: "rsa2048", algorithm: "RS256", rsaBits: 2048 },
  { name: "rsa3072", algorithm: "RS384", rsaBits: 3072 },
  { name: "p256", algorithm: "ES256", rsaBits: null },
  { name: "p384", algorithm: "ES384", rsaBits: null },
  { name: "p521", algorithm: "ES512", rsaBits: null },
];

/** Keys that must be refused for an algorithm, and why. */
export const UNSOUND_KEYS: readonly { name: TestKeyName; algorithm: SigningAlgorithm; why: string }[] = [
  { name: "rsa1024", algorithm: "RS256", why: "RSA of 1024 bits" },
  { name: "rsae3", algorithm: "RS256", why: "RSA with the public exponent 3" },
  { name: "rsamulti", algorithm: "RS256", why: "RSA with three primes" },
  { name: "rsapss", algorithm: "RS256", why: "RSA-PSS by its own identifier" },
  { name: "p256explicit", algorithm: "ES256", why: "P-256 spelled out as explicit parameters" },
  { name: "k256", algorithm: "ES256", why: "secp256k1" },
  { name: "bp256", algorithm: "ES256", why: "brainpoolP256r1" },
  { name: "ed25519", algorithm: "ES256", why: "Ed25519" },
  { name: "p256", algorithm: "ES384", why: "P-256 for ES384" },
  { name: "rsa2048", algorithm: "ES256", why: "RSA for ES256" },
  { name: "p256", algorithm: "RS256", why: "P-256 for RS256" },
];

/** Both halves of a key of the table, in buffers of their own. */
export function testKeyPair(name: TestKeyName): KeyPairMaterial {
  const privateKeyDer = Buffer.from(PKCS8[name], "base64");
  const privateKey = createPrivateKey({ key: privateKeyDer, format: "der", type: "pkcs8" });
  const publicKeyDer = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  return { privateKeyDer, publicKeyDer };
}

/** A signing key for the pure rules; everything that matters to a test is given. */
export function signingKey(given: Partial<SigningKey> & Pick<SigningKey, "kid" | "state">): SigningKey {
  const start = new Date("2026-01-01T00:00:00Z");
  const hasSigned = given.state === "current" || given.state === "previous";
  return {
    id: `row-${given.kid}`,
    keyPairId: `pair-${given.kid}`,
    algorithm: "ES256",
    rsaBits: null,
    publicJwk: { kty: "EC", crv: "P-256", x: "", y: "" },
    createdAt: start,
    publishedAt: start,
    fetchedBeforeAt: null,
    activatedAt: hasSigned ? start : null,
    rotatedAt: given.state === "previous" ? start : null,
    droppedAt: given.state === "dropped" ? start : null,
    signedUntil: null,
    certificatePem: "",
    ...given,
  };
}
