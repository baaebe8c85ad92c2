package io.pentameter.statistics.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A plain chart of lines, bands and bars as SVG, readable on light and dark pages. */
final class Chart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 64;
    private static final int RIGHT = 700;
    private static final int TOP = 40;
    private static final int BOTTOM = 270;
    private static final List<String> COLOURS = List.of("#1b6ca8", "#c0392b", "#2e8b57", "#8e5ea2", "#b8860b");

    private final String title;
    private final String xName;
    private final boolean logarithmic;
    private final List<Series> series = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // drawn once, never compared or changed
    private record Series(String name, Kind kind, double[] x, double[] low, double[] high) {}

    private enum Kind {
        LINE,
        BAND,
        BARS,
        LEVEL
    }

    /** An empty chart; with {@code logarithmic} the y axis is in powers of ten. */
    Chart(String title, String xName, boolean logarithmic) {
        this.title = title;
        this.xName = xName;
        this.logarithmic = logarithmic;
    }

    Chart line(String name, double[] x, double[] y) {
        series.add(new Series(name, Kind.LINE, x, y, y));
        return this;
    }

    Chart band(String name, double[] x, double[] low, double[] high) {
        series.add(new Series(name, Kind.BAND, x, low, high));
        return this;
    }

    Chart bars(String name, double[] x, double[] low, double[] high) {
        series.add(new Series(name, Kind.BARS, x, low, high));
        return this;
    }

    /** A dashed horizontal line. */
    Chart level(String name, double y) {
        series.add(new Series(name, Kind.LEVEL, new double[0], new double[] {y}, new double[] {y}));
        return this;
    }

    String svg() {
        double[] xs =
                series.stream().flatMapToDouble(s -> DoubleStream.of(s.x())).toArray();
        double[] ys = series.stream()
                .flatMapToDouble(s -> DoubleStream.concat(DoubleStream.of(s.low()), DoubleStream.of(s.high())))
                .filter(y -> !logarithmic || y > 0)
                .map(this::scaled)
                .toArray();
        double x0 = DoubleStream.of(xs).min().orElse(0);
        double x1 = DoubleStream.of(xs).max().orElse(1);
        double y0 = DoubleStream.of(ys).min().orElse(0);
        double y1 = DoubleStream.of(ys).max().orElse(1);
        double margin = (y1 - y0) * 0.05 + 1e-9;
        Axes axes = new Axes(x0, x1, y0 - margin, y1 + margin);
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH,
                HEIGHT);
        line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
        line(svg, "<text x=\"%d\" y=\"20\" font-size=\"14\" fill=\"#222\">%s</text>", LEFT, escaped(title));
        grid(svg, axes);
        for (int i = 0; i < series.size(); i++) {
            draw(svg, series.get(i), COLOURS.get(i % COLOURS.size()), axes);
        }
        legend(svg);
        return svg.append("</svg>\n").toString();
    }

    private void grid(StringBuilder svg, Axes axes) {
        for (int tick = 0; tick <= 4; tick++) {
            double y = axes.y0() + (axes.y1() - axes.y0()) * tick / 4;
            double x = axes.x0() + (axes.x1() - axes.x0()) * tick / 4;
            line(
                    svg,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
                    LEFT,
                    RIGHT,
                    axes.top(y),
                    axes.top(y));
            line(
                    svg,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%s</text>",
                    LEFT - 6,
                    axes.top(y) + 4,
                    number(logarithmic ? Math.pow(10, y) : y));
            line(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%s</text>",
                    axes.left(x),
                    BOTTOM + 16,
                    number(x));
        }
        line(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#555\">%s</text>",
                RIGHT,
                BOTTOM + 32,
                escaped(xName));
    }

    private void draw(StringBuilder svg, Series one, String colour, Axes axes) {
        switch (one.kind()) {
            case LINE ->
                line(
                        svg,
                        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"%s\"/>",
                        colour,
                        points(one.x(), one.low(), axes));
            case BAND ->
                line(
                        svg,
                        "<polygon fill=\"%s\" fill-opacity=\"0.22\" stroke=\"none\" points=\"%s %s\"/>",
                        colour,
                        points(one.x(), one.low(), axes),
                        points(reversed(one.x()), reversed(one.high()), axes));
            case BARS -> {
                double half = 0.35 * (RIGHT - LEFT) / Math.max(1, one.x().length);
                for (int i = 0; i < one.x().length; i++) {
                    double top = Math.min(axes.top(one.low()[i]), axes.top(one.high()[i]));
                    double height = Math.abs(axes.top(one.low()[i]) - axes.top(one.high()[i]));
                    line(
                            svg,
                            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"0.8\"/>",
                            axes.left(one.x()[i]) - half,
                            top,
                            2 * half,
                            height,
                            colour);
                }
            }
            case LEVEL ->
                line(
                        svg,
                        "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"6 4\"/>",
                        LEFT,
                        RIGHT,
                        axes.top(scaled(one.low()[0])),
                        axes.top(scaled(one.low()[0])),
                        colour);
        }
    }

    private void legend(StringBuilder svg) {
        int x = LEFT;
        for (int i = 0; i < series.size(); i++) {
            line(
                    svg,
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>",
                    x,
                    HEIGHT - 22,
                    COLOURS.get(i % COLOURS.size()));
            line(
                    svg,
                    "<text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>",
                    x + 16,
                    HEIGHT - 12,
                    escaped(series.get(i).name()));
            x += 34 + 7 * series.get(i).name().length();
        }
    }

    private String points(double[] x, double[] y, Axes axes) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            if (!logarithmic || y[i] > 0) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", axes.left(x[i]), axes.top(scaled(y[i]))));
            }
        }
        return points.toString().strip();
    }

    private double scaled(double y) {
        return logarithmic ? Math.log10(Math.max(1e-300, y)) : y;
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3g", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static void line(StringBuilder svg, String format, Object... parts) {
        svg.append(String.format(Locale.ROOT, format, parts)).append('\n');
    }

    private record Axes(double x0, double x1, double y0, double y1) {

        double left(double x) {
            return LEFT + (RIGHT - LEFT) * (x1 == x0 ? 0.5 : (x - x0) / (x1 - x0));
        }

        double top(double y) {
            return BOTTOM - (BOTTOM - TOP) * (y - y0) / (y1 - y0);
        }
    }
}
