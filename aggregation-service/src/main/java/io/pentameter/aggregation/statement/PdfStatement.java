package io.pentameter.aggregation.statement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * A statement as PDF, A4, as many pages as it takes.
 *
 * <p>The font, Liberation Sans as the library brings it, is in the file. It has the letters of Latin, Greek and Cyrillic; another
 * letter is shown as a question mark. JSON and CSV have it.
 */
final class PdfStatement {

    private static final float MARGIN = 50;
    private static final float LEADING = 14;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float TOP = PDRectangle.A4.getHeight() - MARGIN;
    private static final float BOTTOM = MARGIN + 2 * LEADING;
    private static final float[] RIGHT_EDGES = {WIDTH - 210, WIDTH - 130, WIDTH - 70, WIDTH};
    private static final float LABEL_WIDTH = WIDTH - 290;
    private static final float SIZE = 9;
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final PDDocument document;
    private final PDFont font;
    private PDPageContentStream page;
    private float y;
    private int pages;

    private PdfStatement(PDDocument document) throws IOException {
        this.document = document;
        font = font(document);
        page = newPage();
    }

    static byte[] of(Statement statement) {
        try (PDDocument document = new PDDocument()) {
            PdfStatement pdf = new PdfStatement(document);
            pdf.write(statement);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a PDF in memory cannot fail to be written", e);
        }
    }

    private static PDFont font(PDDocument document) throws IOException {
        try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
            if (in == null) {
                throw new IOException("the library has no font: " + FONT);
            }
            return PDType0Font.load(document, in);
        }
    }

    private void write(Statement statement) throws IOException {
        text(16, 0, "Statement " + statement.month());
        y -= 2 * LEADING;
        text(SIZE, 0, "By " + statement.by() + ", US dollars, days in UTC");
        y -= LEADING;
        text(
                SIZE,
                0,
                statement.complete()
                        ? "The month is over and complete."
                        : "Not complete: the month is not over, or not all of it is counted yet.");
        y -= LEADING;
        text(
                SIZE,
                0,
                switch (statement.priceBasis()) {
                    case AS_PRICED_NOW -> "Calls cost what they cost now, with what was repriced.";
                    case AS_BILLED -> "Calls cost what they cost when they came, before anything was repriced.";
                });
        y -= LEADING;
        text(SIZE, 0, coverage(statement));
        y -= 2 * LEADING;
        heading(statement);
        for (Statement.Line line : statement.lines()) {
            if (y < BOTTOM) {
                page.close();
                page = newPage();
                heading(statement);
            }
            row(label(line), numbers(line));
        }
        rule();
        row("Total", List.of("", "", share(statement.pricedCalls(), statement.calls()), statement.total()));
        page.close();
    }

    private static String label(Statement.Line line) {
        String pool = line.charge().name();
        return pool == null
                ? line.label()
                : line.label() + ", " + pool + " (" + line.charge().kind().word() + ")";
    }

    private static List<String> numbers(Statement.Line line) {
        return line.charge().kind() == Charge.Kind.USAGE
                ? List.of(
                        String.valueOf(line.requests()),
                        String.valueOf(line.tokens()),
                        share(line.pricedCalls(), line.calls()),
                        line.amount())
                : List.of("", "", "", line.amount());
    }

    private static String coverage(Statement statement) {
        return String.format(
                Locale.ROOT,
                "%d of %d calls have a price (%s); what the others cost is not known and in no amount.",
                statement.pricedCalls(),
                statement.calls(),
                share(statement.pricedCalls(), statement.calls()));
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private void heading(Statement statement) throws IOException {
        row(statement.by(), List.of("requests", "tokens", "priced", "USD"));
        rule();
    }

    private void row(String label, List<String> numbers) throws IOException {
        text(SIZE, 0, cut(label));
        for (int i = 0; i < numbers.size(); i++) {
            String number = numbers.get(i);
            text(SIZE, RIGHT_EDGES[i] - width(number), number);
        }
        y -= LEADING;
    }

    private void rule() throws IOException {
        page.moveTo(MARGIN, y + LEADING - 4);
        page.lineTo(MARGIN + WIDTH, y + LEADING - 4);
        page.stroke();
        y -= 4;
    }

    private void text(float size, float x, String text) throws IOException {
        page.beginText();
        page.setFont(font, size);
        page.newLineAtOffset(MARGIN + x, y);
        page.showText(shown(text));
        page.endText();
    }

    /** A label that is too long ends in dots. */
    private String cut(String label) throws IOException {
        String text = shown(label);
        while (text.length() > 4 && width(text) > LABEL_WIDTH) {
            text = text.substring(0, text.length() - 4) + "...";
        }
        return text;
    }

    private float width(String text) throws IOException {
        return font.getStringWidth(text) / 1000 * SIZE;
    }

    /** What the font does not have is a question mark. */
    private String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(letter -> {
            String one = Character.toString(letter);
            shown.append(has(one) ? one : "?");
        });
        return shown.toString();
    }

    private boolean has(String letter) {
        try {
            return font.encode(letter).length > 0;
        } catch (IOException | IllegalArgumentException _) { // how the library says that it has not
            return false;
        }
    }

    private PDPageContentStream newPage() throws IOException {
        PDPage added = new PDPage(PDRectangle.A4);
        document.addPage(added);
        pages++;
        PDPageContentStream content = new PDPageContentStream(document, added);
        content.setLineWidth(0.5f);
        content.beginText();
        content.setFont(font, SIZE);
        content.newLineAtOffset(MARGIN, MARGIN);
        content.showText("Page " + pages);
        content.endText();
        y = TOP;
        return content;
    }
}
