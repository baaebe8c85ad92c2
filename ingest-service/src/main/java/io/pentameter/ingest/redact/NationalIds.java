package io.pentameter.ingest.redact;

import org.jspecify.annotations.Nullable;

/**
 * Finds numbers that states give to persons, by form and check digits. Called at the first digit of a run.
 *
 * <p>Where form and check digits would let too many other numbers through, a word before the number must say what it is.
 */
final class NationalIds {

    /** What is between a number and the word that says what it is. */
    private static final int CONTEXT = 40;

    private static final int[] PESEL = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    private static final int[] NORWAY_1 = {3, 7, 6, 1, 8, 9, 4, 5, 2};
    private static final int[] NORWAY_2 = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    private static final int[] KOREA = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    private static final int[] CHINA = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String SPAIN = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String FINLAND = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private NationalIds() {}

    /** At a digit that begins a word. */
    static @Nullable Hit atDigit(String text, int at) {
        Digits run = Digits.at(text, at);
        int end = run.end();
        boolean isNational = switch (run.shape()) {
            case "6-4", "6+4", "8-4" -> sweden(run) || (denmark(run) && says(text, at, "cpr", "personnummer"));
            case "6-7" -> korea(run);
            case "3.4.4.2" -> run.startsWith("756") && ean13(run);
            case "2.2.2-3.2" -> belgium(run);
            case "3.3.3-2" -> brazil(run);
            case "4 4 4", "4-4-4" -> run.digit(0) >= 2 && verhoeff(run);
            case "2 3 3 3" -> germany(run);
            case "1 2 2 2 3 3 2", "15" -> france(run);
            case "18" -> china(text, run);
            case "17" -> china(text, run);
            case "11" -> eleven(text, at, run);
            case "9" -> nine(text, at, run);
            case "3 3 3", "3-3-3" -> luhn(run) && says(text, at, "sin", "social insurance", "nas ");
            case "13" -> southAfrica(run) && says(text, at, "id number", "identity", "rsa id");
            case "8" -> spain(text, end, run.value());
            default -> false;
        };
        if (isNational) {
            boolean hasLetter = run.shape().equals("8") || run.shape().equals("17");
            int close = hasLetter ? end + 1 : end;
            return Chars.endsWord(text, close) ? new Hit(Detector.NATIONAL_ID, at, close) : null;
        }
        boolean isAfterTwo = at >= 3
                && text.charAt(at - 1) == ' '
                && Chars.isUpper(text.charAt(at - 2))
                && Chars.isUpper(text.charAt(at - 3))
                && Chars.beginsWord(text, at - 3);
        Hit hit = isAfterTwo ? britain(text, at - 3) : null;
        return hit != null ? hit : finland(text, at);
    }

    /** At a digit with letters before it: Italy's codice fiscale, Britain's national insurance number, Spain's NIE. */
    static @Nullable Hit afterLetters(String text, int at) {
        int from = at;
        while (from > 0 && at - from < 7 && Chars.isUpper(text.charAt(from - 1))) {
            from--;
        }
        if (!Chars.beginsWord(text, from)) {
            return null;
        }
        return switch (at - from) {
            case 1 -> nie(text, from);
            case 2 -> britain(text, from);
            case 6 -> italy(text, from);
            default -> null;
        };
    }

    private static boolean eleven(String text, int at, Digits run) {
        return poland(run)
                || norway(run)
                || turkey(run)
                || (germany(run) && says(text, at, "steuer", "idnr", "tax id", "tin"))
                || (brazil(run) && says(text, at, "cpf"));
    }

    private static boolean nine(String text, int at, Digits run) {
        return (netherlands(run) && says(text, at, "bsn", "burgerservice", "sofi"))
                || (portugal(run) && says(text, at, "nif", "contribuinte"))
                || (australia(run) && says(text, at, "tfn", "tax file"))
                || (luhn(run) && says(text, at, "sin", "social insurance"));
    }

    private static boolean says(String text, int at, String... words) {
        int from = Math.max(0, at - CONTEXT);
        for (String word : words) {
            for (int i = from; i + word.length() <= at; i++) {
                boolean isWord = text.regionMatches(true, i, word, 0, word.length()) && Chars.beginsWord(text, i);
                if (isWord) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Steueridentifikationsnummer: ISO 7064 mod 11,10; of the first ten digits one is there twice or thrice. */
    private static boolean germany(Digits run) {
        int[] counts = new int[10];
        int product = 10;
        for (int i = 0; i < 10; i++) {
            counts[run.digit(i)]++;
            int sum = (run.digit(i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        int repeated = 0;
        for (int count : counts) {
            if (count > 3) {
                return false;
            }
            repeated += count > 1 ? 1 : 0;
        }
        return run.digit(0) != 0 && repeated == 1 && (11 - product) % 10 == run.digit(10);
    }

    /** NIR: sex, year, month, department, commune, order, and 97 minus the number modulo 97. */
    private static boolean france(Digits run) {
        int month = run.number(3, 5);
        return (run.digit(0) == 1 || run.digit(0) == 2)
                && (month <= 12 || (month >= 20 && month <= 42) || month >= 50)
                && 97 - run.longNumber(0, 13) % 97 == run.number(13, 15);
    }

    private static boolean spain(String text, int end, long number) {
        return end < text.length() && text.charAt(end) == SPAIN.charAt((int) (number % 23));
    }

    private static @Nullable Hit nie(String text, int from) {
        int kind = "XYZ".indexOf(text.charAt(from));
        Digits run = Digits.at(text, from + 1);
        boolean isNumber = kind >= 0
                && run.shape().equals("7")
                && spain(text, run.end(), kind * 10_000_000L + run.value())
                && Chars.endsWord(text, run.end() + 1);
        return isNumber ? new Hit(Detector.NATIONAL_ID, from, run.end() + 1) : null;
    }

    /** Two letters, six digits, A to D; some letters are never issued. */
    private static @Nullable Hit britain(String text, int from) {
        int digits = 0;
        int end = from + 2;
        // one space at most between two groups
        while (end < text.length() && digits < 6 && (Chars.isDigit(text.charAt(end)) || text.charAt(end) == ' ')) {
            digits += Chars.isDigit(text.charAt(end)) ? 1 : 0;
            end++;
        }
        end += end < text.length() && text.charAt(end) == ' ' ? 1 : 0;
        boolean isNumber = digits == 6
                && end < text.length()
                && "ABCD".indexOf(text.charAt(end)) >= 0
                && "DFIQUV".indexOf(text.charAt(from)) < 0
                && "DFIOQUV".indexOf(text.charAt(from + 1)) < 0
                && !"BG GB KN NK NT TN ZZ".contains(text.substring(from, from + 2))
                && Chars.endsWord(text, end + 1);
        return isNumber ? new Hit(Detector.NATIONAL_ID, from, end + 1) : null;
    }

    /** Codice fiscale: six letters, two digits, a month's letter, two digits, a letter, three digits, a check letter. */
    private static @Nullable Hit italy(String text, int from) {
        int end = from + 16;
        if (end > text.length() || !Chars.endsWord(text, end)) {
            return null;
        }
        String odd = "BAKPLCQDREVOSFTGUHMINJWZYX";
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = text.charAt(from + i);
            boolean isLetter = i < 6 || i == 8 || i == 11;
            if (isLetter ? !Chars.isUpper(c) : !Chars.isDigit(c)) {
                return null;
            }
            int value = isLetter ? c - 'A' : c - '0';
            sum += i % 2 == 1 ? value : odd.indexOf('A' + value);
        }
        boolean isMonth = "ABCDEHLMPRST".indexOf(text.charAt(from + 8)) >= 0;
        return isMonth && text.charAt(from + 15) == 'A' + sum % 26 ? new Hit(Detector.NATIONAL_ID, from, end) : null;
    }

    /** Henkilötunnus: day, month and year, a sign for the century, three digits, the number modulo 31 as a sign. */
    private static @Nullable Hit finland(String text, int at) {
        if (at + 11 > text.length() || !Chars.endsWord(text, at + 11) || "+-A".indexOf(text.charAt(at + 6)) < 0) {
            return null;
        }
        long number = 0;
        for (int i = 0; i < 10; i++) {
            if (i != 6) {
                if (!Chars.isDigit(text.charAt(at + i))) {
                    return null;
                }
                number = number * 10 + text.charAt(at + i) - '0';
            }
        }
        int day = (int) (number / 10_000_000);
        int month = (int) (number / 100_000 % 100);
        boolean isId = isDay(day, month) && text.charAt(at + 10) == FINLAND.charAt((int) (number % 31));
        return isId ? new Hit(Detector.NATIONAL_ID, at, at + 11) : null;
    }

    /** Personnummer: year, month, day, and Luhn over the last ten digits; 60 is added to the day of a samordningsnummer. */
    private static boolean sweden(Digits run) {
        int from = run.count() - 10;
        int day = run.number(from + 4, from + 6);
        return isDay(day > 60 ? day - 60 : day, run.number(from + 2, from + 4)) && run.luhn(from);
    }

    private static boolean denmark(Digits run) {
        return run.count() == 10 && isDay(run.number(0, 2), run.number(2, 4));
    }

    private static boolean belgium(Digits run) {
        int check = run.number(9, 11);
        long number = run.longNumber(0, 9);
        boolean isDate = run.number(2, 4) <= 12 && run.number(4, 6) <= 31;
        return isDate && (97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check);
    }

    private static boolean ean13(Digits run) {
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += run.digit(i) * (i % 2 == 0 ? 1 : 3);
        }
        return (10 - sum % 10) % 10 == run.digit(12);
    }

    /** PESEL: the century is in the month. */
    private static boolean poland(Digits run) {
        return isDay(run.number(4, 6), run.number(2, 4) % 20) && (10 - run.weighted(PESEL) % 10) % 10 == run.digit(10);
    }

    private static boolean norway(Digits run) {
        int day = run.number(0, 2);
        int first = (11 - run.weighted(NORWAY_1) % 11) % 11;
        int second = (11 - run.weighted(NORWAY_2) % 11) % 11;
        return isDay(day > 40 ? day - 40 : day, run.number(2, 4)) && first == run.digit(9) && second == run.digit(10);
    }

    private static boolean turkey(Digits run) {
        int odd = 0;
        int even = 0;
        for (int i = 0; i < 9; i++) {
            odd += i % 2 == 0 ? run.digit(i) : 0;
            even += i % 2 == 1 ? run.digit(i) : 0;
        }
        return run.digit(0) != 0
                && Math.floorMod(odd * 7 - even, 10) == run.digit(9)
                && (odd + even + run.digit(9)) % 10 == run.digit(10);
    }

    /** CPF: two check digits, each the sum with falling weights modulo 11; never all digits alike. */
    private static boolean brazil(Digits run) {
        int first = 0;
        int second = 0;
        boolean isVaried = false;
        for (int i = 0; i < 10; i++) {
            first += i < 9 ? run.digit(i) * (10 - i) : 0;
            second += run.digit(i) * (11 - i);
            isVaried |= run.digit(i) != run.digit(i + 1);
        }
        return isVaried && first * 10 % 11 % 10 == run.digit(9) && second * 10 % 11 % 10 == run.digit(10);
    }

    private static boolean korea(Digits run) {
        return isDay(run.number(4, 6), run.number(2, 4)) && (11 - run.weighted(KOREA) % 11) % 10 == run.digit(12);
    }

    /** ISO 7064 mod 11-2; the last place may be an X, which is then outside the run of digits. */
    private static boolean china(String text, Digits run) {
        char last = run.count() == 18
                ? (char) ('0' + run.digit(17))
                : run.end() < text.length() ? text.charAt(run.end()) : ' ';
        int year = run.number(6, 10);
        return year >= 1900
                && year < 2100
                && isDay(run.number(12, 14), run.number(10, 12))
                && "10X98765432".charAt(run.weighted(CHINA) % 11) == last;
    }

    private static boolean southAfrica(Digits run) {
        return isDay(run.number(4, 6), run.number(2, 4)) && luhn(run);
    }

    private static boolean netherlands(Digits run) {
        int sum = -run.digit(8);
        for (int i = 0; i < 8; i++) {
            sum += run.digit(i) * (9 - i);
        }
        return sum % 11 == 0;
    }

    private static boolean portugal(Digits run) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += run.digit(i) * (9 - i);
        }
        int check = 11 - sum % 11;
        return (check > 9 ? 0 : check) == run.digit(8);
    }

    private static boolean australia(Digits run) {
        int[] weights = {1, 4, 3, 7, 5, 8, 6, 9, 10};
        return run.weighted(weights) % 11 == 0;
    }

    private static boolean luhn(Digits run) {
        return run.luhn(0);
    }

    /** J. Verhoeff's check over the dihedral group of order ten; Aadhaar's. */
    private static boolean verhoeff(Digits run) {
        int check = 0;
        for (int i = 0; i < run.count(); i++) {
            int digit = run.digit(run.count() - 1 - i);
            for (int p = i % 8; p > 0; p--) {
                digit = "1576283094".charAt(digit) - '0';
            }
            check = product(check, digit);
        }
        return check == 0;
    }

    /** Of the dihedral group: rotations 0 to 4, reflections 5 to 9. */
    private static int product(int a, int b) {
        if (a < 5) {
            return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
        }
        return b < 5 ? 5 + Math.floorMod(a - 5 - b, 5) : Math.floorMod(a - b, 5);
    }

    private static boolean isDay(int day, int month) {
        return day >= 1 && day <= 31 && month >= 1 && month <= 12;
    }
}
