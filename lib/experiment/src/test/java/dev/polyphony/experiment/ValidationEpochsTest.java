package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValidationEpochsTest {

    @Test
    void includes_firstEveryTenthPartAndTheLastTenth() {
        assertThat(of(40)).containsExactly(1, 4, 8, 12, 16, 20, 24, 28, 32, 36, 37, 38, 39, 40);
    }

    @Test
    void includes_everyEpochOfAShortTraining() {
        assertThat(of(12)).hasSize(12);
    }

    @Test
    void includes_thirtyFiveOfThePapersTwoHundredAndFifty() {
        assertThat(of(250)).hasSize(1 + 9 + 25);
    }

    private static List<Integer> of(int epochs) {
        ValidationEpochs validation = new ValidationEpochs(epochs);
        return IntStream.rangeClosed(1, epochs)
                .filter(validation::includes)
                .boxed()
                .toList();
    }
}
