package io.pentameter.gateway.credential;

import java.math.BigInteger;

/** Letters and digits only: survives every header, shell and double click. */
final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {}

    /** The bytes as one number, padded with zeros on the left to {@code length}, its last digits if it is longer. */
    static String encode(byte[] bytes, int length) {
        char[] word = new char[length];
        BigInteger rest = new BigInteger(1, bytes);
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            word[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(word);
    }

    static boolean isWord(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (DIGITS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
