package io.pentameter.ingest.redact;

/** Digits in groups, with one separator between two groups. */
final class Digits {

    private static final int MAX = 19;

    private final String text;
    private final int[] at;
    private final int count;
    private final int end;
    private final String shape;

    private Digits(String text, int[] at, int count, int end, String shape) {
        this.text = text;
        this.at = at;
        this.count = count;
        this.end = end;
        this.shape = shape;
    }

    /** The digits that begin at the index; of more than 19 none counts. */
    static Digits at(String text, int from) {
        int[] places = new int[MAX];
        StringBuilder shape = new StringBuilder(16);
        int count = 0;
        int group = 0;
        int i = from;
        int end = from;
        while (i < text.length() && count < MAX) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                places[count++] = i;
                group++;
                end = ++i;
                continue;
            }
            boolean isBetween = (c == ' ' || c == '-' || c == '.' || c == '+')
                    && end == i
                    && i + 1 < text.length()
                    && Chars.isDigit(text.charAt(i + 1));
            if (!isBetween) {
                break;
            }
            shape.append(group).append(c);
            group = 0;
            i++;
        }
        return new Digits(text, places, count, end, shape.append(group).toString());
    }

    int count() {
        return count;
    }

    /** The character after the last digit. */
    int end() {
        return end;
    }

    /** Sizes of the groups and what is between them: {@code 3-2-4}. */
    String shape() {
        return shape;
    }

    int digit(int index) {
        return text.charAt(at[index]) - '0';
    }

    int number(int from, int to) {
        return (int) longNumber(from, to);
    }

    long longNumber(int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + digit(i);
        }
        return number;
    }

    long value() {
        return longNumber(0, count);
    }

    boolean startsWith(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (i >= count || text.charAt(at[i]) != digits.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int weighted(int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(i) * weights[i];
        }
        return sum;
    }

    /** ISO/IEC 7812-1, annex B, over the digits from the index on. */
    boolean luhn(int from) {
        int sum = 0;
        for (int i = count - 1; i >= from; i--) {
            int value = (count - 1 - i) % 2 == 1 ? digit(i) * 2 : digit(i);
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}
