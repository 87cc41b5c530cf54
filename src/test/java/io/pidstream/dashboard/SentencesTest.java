package io.pidstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.yardstick.YardstickErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
    private static final Subject SUBJECT =
            new Subject(
                    "n", "K", List.of("t"), List.of("a", "b"), Duration.ofSeconds(1), List.of(0.9));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.31649|0.316",
                "-2|−2",
                "0|0",
                "0.000125|0.000125",
                "0.0000126|1.3e−5",
                "1234.5|1,235",
                "12345678|12,300,000",
                "NaN|–"
            })
    void numbersHaveThreeDigits(double value, String text) {
        assertThat(Figures.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.3349,33 %", "0.0015,0.15 %", "0,0 %", "0.0666,6.7 %", "1,100 %"})
    void smallPercentagesHaveTwoDigits(double share, String text) {
        assertThat(Figures.percent(share)).isEqualTo(text);
    }

    @Test
    void theErrorIsComparedWithThatOfAlwaysGuessingTheUsualValue() {
        assertThat(Sentences.goodness(accuracy(9, 0.5, 0.88, 2), SUBJECT).json())
                .contains("{\"strong\":\"0.5 K\"}", "\"; \",{\"term\":\"guess\"}", "off by 2 K")
                .contains("{\"strong\":\"88 %\"}", "(nominal 90 %)");
        assertThat(Sentences.goodness(accuracy(9, 3, 0.88, 2), SUBJECT).json())
                .contains("no better than \",{\"term\":\"guess\"}");
        assertThat(Sentences.goodness(accuracy(0, Double.NaN, Double.NaN, 0), SUBJECT).json())
                .contains("the error is unknown");
    }

    @Test
    void theThreeChannelsThatMovedAPredictionMostAreNamed() {
        Map<String, Double> parts =
                Map.of("a.x", 0.5, "a.y", -2.0, "b.x", 1.25, "b.y", 0.25, "b.z", 0.0);

        assertThat(Sentences.channels(parts, "K").json())
                .contains("{\"strong\":\"a.y\"},\" (−2 K)\"")
                .contains("{\"strong\":\"b.x\"},\" (+1.25 K)\"")
                .contains("{\"strong\":\"a.x\"},\" (+0.5 K)\"")
                .doesNotContain("b.y")
                .doesNotContain("b.z");
        assertThat(Sentences.channels(Map.of("a.x", 0.0), "K").json()).isEqualTo("[]");
        assertThat(Sentences.channels(Map.of(), "K").json()).isEqualTo("[]");
    }

    @Test
    void theErrorOfAFleetCountsEveryLabelOnce() {
        Accuracy both =
                Accuracy.over(
                        List.of(
                                new Accuracy(1, 4, 1, 2, new Foreseen(1, 3, 4), errors(6)),
                                new Accuracy(3, 0, 0, 2, new Foreseen(3, 1, 0), errors(4)),
                                accuracy(0, Double.NaN, Double.NaN, Double.NaN)));

        assertThat(both)
                .usingRecursiveComparison()
                .isEqualTo(new Accuracy(4, 1, 0.25, 2, new Foreseen(4, 1.5, 1), errors(6, 4)));
    }

    private static Accuracy accuracy(long labels, double error, double coverage, double spread) {
        return new Accuracy(labels, error, coverage, spread, Foreseen.NONE, errors());
    }

    /** One label each: predictions are off by 1, the last label by this much. */
    private static YardstickErrors errors(double... ofLastLabel) {
        YardstickErrors errors = new YardstickErrors();
        for (double error : ofLastLabel) {
            errors.addErrors(1, error, 9, 9);
        }
        return errors;
    }

    @Test
    void theErrorIsComparedWithThatOfTheBestSimplePredictor() {
        assertThat(Sentences.skill(errors(), SUBJECT).json()).isEqualTo("[]");
        assertThat(Sentences.skill(errors(2), SUBJECT).json())
                .isEqualTo(
                        "[\"The best \",{\"term\":\"yardstick\"},\", the last label, is off by"
                                + " \",{\"strong\":\"2 K\"},\"; predictions save"
                                + " \",{\"strong\":\"50 %\"},\" of that (1.00 bit by squared"
                                + " error).\"]");
    }

    @Test
    void thatTheLastLabelIsNotBeatenIsSaidPlainly() {
        assertThat(Sentences.skill(errors(0.5), SUBJECT).json())
                .contains("{\"strong\":\"0.5 K\"}")
                .contains("{\"strong\":\"Repeating the last label does as well: the error of");
    }

    @Test
    void theErrorOfFramesWithoutALabelIsForetold() {
        assertThat(Sentences.awaited(new Awaited(1, 24, 12.34), Foreseen.NONE, SUBJECT).json())
                .isEqualTo(
                        "[\"The last 24 frames have no label yet; \",\"an error of about"
                                + " \",{\"strong\":\"12.3 K\"},\" is"
                                + " \",{\"term\":\"expected\",\"text\":\"expected\"},\" of"
                                + " them\",\".\"]");
        assertThat(
                        Sentences.awaited(
                                        new Awaited(1, 1, 2), new Foreseen(200, 1.5, 1.6), SUBJECT)
                                .json())
                .contains("The last frame has no label yet", "{\"strong\":\"2 K\"}")
                .contains("\" of it\"")
                .contains("(of frames with a label, 1.5 K was expected and 1.6 K came out)");
        assertThat(Sentences.awaited(new Awaited(3, 72, 2), Foreseen.NONE, SUBJECT).json())
                .contains("The last 72 frames of 3 assets have no label yet");
    }

    @Test
    void whereEveryLabelIsKnownOrNothingIsExpectedNoErrorIsForetold() {
        assertThat(Sentences.awaited(new Awaited(0, 0, Double.NaN), Foreseen.NONE, SUBJECT).json())
                .isEqualTo("[]");
        assertThat(Sentences.awaited(new Awaited(1, 24, Double.NaN), Foreseen.NONE, SUBJECT).json())
                .contains("what error to expect is known after the first labels")
                .doesNotContain("–");
    }

    @Test
    void whatIsExpectedOfAFleetCountsEveryFrameOnce() {
        assertThat(
                        Awaited.over(
                                List.of(
                                        new Awaited(1, 30, 2),
                                        new Awaited(1, 10, 4),
                                        new Awaited(1, 5, Double.NaN),
                                        new Awaited(0, 0, Double.NaN))))
                .isEqualTo(new Awaited(3, 45, 2.5));
    }

    @Test
    void theLargestPartAndTheLargestShareAreNamed() {
        assertThat(origin(0.1, 0.7, 0.2))
                .contains("{\"strong\":\"1.00 bit\"}", "{\"strong\":\"b\"}")
                .contains("{\"term\":\"unique\"},\" to b");
        assertThat(origin(0.1, 0.2, 0.6)).contains("{\"term\":\"redundant\"}");
        assertThat(origin(0.1, 0.2, 0.1)).contains("{\"term\":\"synergistic\"}");
    }

    /** Of two modalities with one bit together. */
    private static String origin(double uniqueA, double uniqueB, double redundant) {
        return Sentences.origin(
                        new Knowledge(
                                SUBJECT.modalities(),
                                Map.of(
                                        "a",
                                        uniqueA + redundant,
                                        "b",
                                        uniqueB + redundant,
                                        "a+b",
                                        1.0),
                                Map.of("a", 0.4, "b", 0.6),
                                Map.of("a", uniqueA, "b", uniqueB),
                                redundant,
                                1 - uniqueA - uniqueB - redundant))
                .json();
    }
}
