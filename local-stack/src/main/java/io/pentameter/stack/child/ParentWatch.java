package io.pentameter.stack.child;

import java.io.IOException;

/** Waits for the end of standard input: the parent holds the other end, so its death is noticed whatever killed it. */
final class ParentWatch {

    private ParentWatch() {}

    static void onEnd(Runnable stop) {
        Thread watch = new Thread(
                () -> {
                    awaitEnd();
                    stop.run();
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // the parent never writes; whatever comes is not for us
            }
        } catch (IOException _) {
            // a broken pipe is an end like any other
        }
    }
}
