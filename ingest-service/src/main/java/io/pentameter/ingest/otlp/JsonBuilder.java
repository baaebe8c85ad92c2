package io.pentameter.ingest.otlp;

/** Writes JSON up to a limit; beyond it, it only counts what would have been written. */
final class JsonBuilder {

    private final StringBuilder json = new StringBuilder(64);
    private final int limit;
    private long wanted;

    /** @param limit most characters to write */
    JsonBuilder(int limit) {
        this.limit = limit;
    }

    void raw(String token) {
        wanted += token.length();
        if (wanted <= limit) {
            json.append(token);
        }
    }

    /** A number, or its name as a string if JSON has no number for it. */
    void number(double value) {
        if (Double.isFinite(value)) {
            raw(Double.toString(value));
        } else {
            text(Double.toString(value));
        }
    }

    void text(String text) {
        wanted += text.length() + 2L;
        if (wanted > limit) {
            return;
        }
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20) {
                        json.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    boolean isFull() {
        return wanted > limit;
    }

    /** Characters of the whole, also of what was not written. */
    long wanted() {
        return wanted;
    }

    String text() {
        return json.toString();
    }
}
