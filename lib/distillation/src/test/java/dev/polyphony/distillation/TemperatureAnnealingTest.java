package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemperatureAnnealingTest {

    @ParameterizedTest
    @CsvSource({"0, 10", "30, 10", "31, 9.7", "45, 5.5", "59, 1.3", "60, 1", "89, 1"})
    void temperature_ofTheUsualRun(int epoch, double temperature) {
        assertThat(new TemperatureAnnealing(10, 90).temperature(epoch)).isCloseTo(temperature, within(1e-12));
    }

    @Test
    void temperature_ofAShortRun_fallsToOne() {
        TemperatureAnnealing annealing = new TemperatureAnnealing(4, 2);
        assertThat(annealing.temperature(0)).isEqualTo(4);
        assertThat(annealing.temperature(1)).isCloseTo(2.5, within(1e-12));
        assertThat(new TemperatureAnnealing(1, 1).temperature(0)).isEqualTo(1);
    }
}
