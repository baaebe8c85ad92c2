package io.pentameter.stack;

import java.io.PrintStream;
import java.time.Duration;

/** Progress on the terminal: one line for each thing that happened, with the seconds since the beginning. */
public final class Console {

    private final PrintStream out;
    private final long started = System.nanoTime();

    public Console(PrintStream out) {
        this.out = out;
    }

    public void step(String subject, String what) {
        double seconds = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
        line("%7.1f s  %-22s %s".formatted(seconds, subject, what));
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }
}
