package io.pentameter.statistics.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs every study and writes the report.
 *
 * <p>Arguments: path of the Markdown page to write, then optionally {@code --quick} (a tenth of the replicates) and
 * {@code --only=WORD} (studies whose id holds the word). Exit status 1 if a figure differs from the published one by more
 * than chance explains.
 */
public final class VerifyStatistics {

    /** Every study derives its own seed from this one and its id. */
    private static final long SEED = 20_261_101L;

    private VerifyStatistics() {}

    public static void main(String... args) throws IOException {
        List<String> words = List.of(args);
        if (words.isEmpty() || words.getFirst().startsWith("--")) {
            throw new IllegalArgumentException("first argument must be the path of the page to write: " + words);
        }
        Effort effort = words.contains("--quick") ? Effort.QUICK : Effort.FULL;
        String only = words.stream()
                .filter(word -> word.startsWith("--only="))
                .map(word -> word.substring("--only=".length()))
                .findFirst()
                .orElse("");

        List<Report.Entry> entries = new ArrayList<>();
        for (Study study : studies(only)) {
            entries.add(measure(study, effort));
        }

        Path page = Path.of(words.getFirst()).toAbsolutePath();
        Files.createDirectories(page.getParent());
        Files.writeString(page, Report.markdown(entries, effort));
        long different = Report.different(entries);
        System.out.printf("%d studies, %d figures differ, page=%s%n", entries.size(), different, page);
        if (different > 0) {
            System.exit(1);
        }
    }

    private static List<Study> studies(String only) {
        return Stream.concat(SamplingStudies.all().stream(), MonitoringStudies.all().stream())
                .filter(study -> study.id().contains(only))
                .toList();
    }

    private static Report.Entry measure(Study study, Effort effort) {
        long start = System.nanoTime();
        List<Figure> figures = study.run(SEED ^ study.id().hashCode(), effort);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-40s %6.1f s%n", study.id(), seconds);
        return new Report.Entry(study, figures);
    }
}
