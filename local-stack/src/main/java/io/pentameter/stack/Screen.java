package io.pentameter.stack;

import java.util.List;
import java.util.Optional;

/** Lines that take the place of those shown before, on a terminal; in a file they follow them. */
final class Screen {

    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    private static final int OF_FILE = 6;

    private final Console console;
    private final boolean isTerminal;
    private int shown;

    Screen(Console console) {
        this.console = console;
        this.isTerminal = Optional.ofNullable(System.console())
                .map(java.io.Console::isTerminal)
                .orElse(false);
    }

    void show(List<String> lines) {
        // in a file every sixth picture will do
        if (isTerminal || shown % OF_FILE == 0) {
            console.line((isTerminal ? HOME_AND_CLEAR : "") + String.join(System.lineSeparator(), lines));
        }
        shown++;
    }
}
