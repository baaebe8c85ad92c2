package io.pentameter.statistics.verification;

import java.util.List;
import java.util.Locale;

/** A line chart as SVG text, for the pictures of the guide. */
final class Chart {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 60;
    private static final int RIGHT = 170;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final List<String> COLOURS = List.of("#1f6feb", "#d1242f", "#1a7f37", "#8250df");

    private final String title;
    private final Axis across;
    private final Axis up;
    private final StringBuilder body = new StringBuilder();
    private int lines;

    /**
     * One axis.
     *
     * @param name    with the unit
     * @param low     value at the start
     * @param high    value at the end
     * @param percent whether its numbers are shares, printed in per cent
     * @param ticks   values to mark
     */
    record Axis(String name, double low, double high, boolean percent, List<Double> ticks) {}

    /** One point. */
    record Point(double x, double y) {}

    Chart(String title, Axis across, Axis up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    /** Adds a line in the next colour with its name beside its end. */
    Chart line(String name, List<Point> points) {
        return line(name, 0, points);
    }

    /** As {@link #line(String, List)} with the name so many units lower, so that two names do not overlap. */
    Chart line(String name, int lower, List<Point> points) {
        String colour = COLOURS.get(lines % COLOURS.size());
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append("%.1f,%.1f ".formatted(x(point.x()), y(point.y())));
        }
        body.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n"
                .formatted(colour, path.toString().strip()));
        Point last = points.getLast();
        body.append("<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s</text>%n"
                .formatted(WIDTH - RIGHT + 8, y(last.y()) + 4 + lower, colour, name));
        lines++;
        return this;
    }

    /** Adds a dashed level line. */
    Chart level(double value) {
        body.append("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#57606a\" stroke-dasharray=\"4 4\"/>%n"
                .formatted(LEFT, WIDTH - RIGHT, y(value), y(value)));
        return this;
    }

    /** Adds a bar from {@code low} to {@code high} with a dot at {@code value}. */
    Chart whisker(double at, double low, double value, double high) {
        String colour = COLOURS.getFirst();
        body.append("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"3\"/>%n"
                .formatted(x(at), x(at), y(low), y(high), colour));
        body.append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>%n".formatted(x(at), y(value), colour));
        return this;
    }

    /** Adds words at a place. */
    Chart note(double x, double y, String words) {
        body.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n".formatted(x(x), y(y), words));
        return this;
    }

    String svg() {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#24292f">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="%d" y="22" font-size="14" font-weight="bold">%s</text>
                """.formatted(WIDTH, HEIGHT, LEFT, title));
        for (double tick : across.ticks()) {
            svg.append("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
                    .formatted(x(tick), HEIGHT - BOTTOM + 18, number(across, tick)));
        }
        for (double tick : up.ticks()) {
            svg.append("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#d0d7de\"/>%n"
                    .formatted(LEFT, WIDTH - RIGHT, y(tick), y(tick)));
            svg.append("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n"
                    .formatted(LEFT - 6, y(tick) + 4, number(up, tick)));
        }
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
                .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, across.name()));
        svg.append("<text x=\"14\" y=\"%d\" transform=\"rotate(-90 14 %d)\" text-anchor=\"middle\">%s</text>%n"
                .formatted(HEIGHT / 2, HEIGHT / 2, up.name()));
        return svg.append(body).append("</svg>\n").toString();
    }

    private static String number(Axis axis, double value) {
        String digits = String.format(Locale.ROOT, "%.3f", axis.percent() ? 100 * value : value);
        String shortest = digits.replaceAll("\\.?0+$", "");
        return axis.percent() ? shortest + " %" : shortest;
    }

    private double x(double value) {
        return LEFT + (value - across.low()) / (across.high() - across.low()) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (value - up.low()) / (up.high() - up.low()) * (HEIGHT - TOP - BOTTOM);
    }
}
