package io.pentameter.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Path DEFAULT = Path.of("/default");

    @Test
    void haveDefaults() {
        Options options = Options.of(List.of(), DEFAULT, 4300);

        assertThat(options)
                .isEqualTo(new Options(
                        new StackDirectory(DEFAULT),
                        new PortPlan(4300),
                        false,
                        5,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Duration.ZERO));
    }

    @Test
    void readAll() {
        Options options = Options.of(
                List.of(
                        "--data",
                        "/d",
                        "--port-base",
                        "5000",
                        "--foreground",
                        "--rounds",
                        "7",
                        "--seconds",
                        "9",
                        "--seed",
                        "3",
                        "--report",
                        "/r.md"),
                DEFAULT,
                4300);

        assertThat(options)
                .isEqualTo(new Options(
                        new StackDirectory(Path.of("/d")),
                        new PortPlan(5000),
                        true,
                        7,
                        OptionalLong.of(3),
                        Optional.of(Path.of("/r.md")),
                        Duration.ofSeconds(9)));
    }

    @Test
    void takeMinutesForLongRuns() {
        assertThat(Options.of(List.of("--minutes", "10"), DEFAULT, 4300).length())
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void refuseWhatIsWrongByNameAndRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of("--port-base", "99"), DEFAULT, 4300))
                .withMessage("--port-base must be a whole number in 1024..65000: 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of("--rounds", "many"), DEFAULT, 4300))
                .withMessage("--rounds must be a whole number in 1..1000: many");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of("--data"), DEFAULT, 4300))
                .withMessage("--data needs a value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of("--dat"), DEFAULT, 4300))
                .withMessageStartingWith("unknown option --dat; known are");
    }
}
