package dev.polyphony.scoring;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All there is to say about a model's predictions on one split.
 *
 * @param samples N, at least 1
 * @param classes K, at least 1
 * @param members M, at least 1
 * @param standard scores of the pooled probabilities
 * @param temperature the pooled probabilities' temperature, of the validation split; empty without one
 * @param calibrated scores of the pooled probabilities at that temperature; empty without a validation split
 * @param calibrationErrors of the pooled probabilities
 * @param calibrationErrorsCalibrated the same at the temperature; empty without a validation split
 * @param riskCoverageArea of the pooled probabilities, as {@link RiskCoverage#area}
 * @param riskCoverageAreaCalibrated the same at the temperature, which may order confidences anew; empty without a
 *     validation split
 * @param perMember scores of each member alone, M
 * @param perMemberCalibrated the same at each member's own temperature, M; empty without a validation split
 * @param meanKld as {@link Diversity#meanKld}
 * @param disagreement as {@link Diversity#disagreement}
 * @param mutualInformation as {@link Diversity#mutualInformation}
 * @param reliability the 15 {@link ReliabilityBins} of the pooled probabilities
 * @param reliabilityCalibrated the same at the temperature; empty without a validation split
 * @param diversityBins 15 bins, as {@link Diversity#bins}
 */
public record Assessment(
        int samples,
        int classes,
        int members,
        Scores standard,
        OptionalDouble temperature,
        Optional<Scores> calibrated,
        CalibrationErrors calibrationErrors,
        Optional<CalibrationErrors> calibrationErrorsCalibrated,
        double riskCoverageArea,
        OptionalDouble riskCoverageAreaCalibrated,
        List<Scores> perMember,
        List<Scores> perMemberCalibrated,
        double meanKld,
        double disagreement,
        double mutualInformation,
        List<ReliabilityBins.Bin> reliability,
        List<ReliabilityBins.Bin> reliabilityCalibrated,
        List<Diversity.Bin> diversityBins) {

    public Assessment {
        perMember = List.copyOf(perMember);
        perMemberCalibrated = List.copyOf(perMemberCalibrated);
        reliability = List.copyOf(reliability);
        reliabilityCalibrated = List.copyOf(reliabilityCalibrated);
        diversityBins = List.copyOf(diversityBins);
    }

    /**
     * Assesses predictions.
     *
     * @param test the predictions to score
     * @param validation the same members on the validation split, to fit temperatures on; null for no calibration
     * @throws IllegalArgumentException if the two differ in members or classes
     */
    public static Assessment of(Predictions test, @Nullable Predictions validation) {
        int[] labels = test.labels();
        double[][] pooled = test.pooledLogProbabilities();
        Optional<Calibrated> calibrated = Optional.ofNullable(validation).map(split -> Calibrated.of(test, split));
        return new Assessment(
                test.samples(),
                test.classes(),
                test.members(),
                Scores.of(pooled, labels),
                calibrated.map(c -> OptionalDouble.of(c.temperature())).orElseGet(OptionalDouble::empty),
                calibrated.map(Calibrated::scores),
                CalibrationErrors.of(pooled, labels),
                calibrated.map(Calibrated::errors),
                RiskCoverage.of(pooled, labels).area(),
                calibrated.map(c -> OptionalDouble.of(c.riskCoverageArea())).orElseGet(OptionalDouble::empty),
                IntStream.range(0, test.members())
                        .mapToObj(m -> Scores.of(test.member(m).pooledLogProbabilities(), labels))
                        .toList(),
                validation == null ? List.of() : calibratedMembers(test, validation),
                Diversity.meanKld(test),
                Diversity.disagreement(test),
                Diversity.mutualInformation(test),
                ReliabilityBins.of(pooled, labels).bins(),
                calibrated.map(c -> c.reliability().bins()).orElse(List.of()),
                Diversity.bins(test, ReliabilityBins.COUNT));
    }

    private static List<Scores> calibratedMembers(Predictions test, Predictions validation) {
        return IntStream.range(0, test.members())
                .mapToObj(m -> {
                    Predictions member = test.member(m);
                    return Scores.of(scaled(member, fit(validation.member(m))), member.labels());
                })
                .toList();
    }

    private static double fit(Predictions validation) {
        return TemperatureScaling.fit(validation.pooledLogProbabilities(), validation.labels());
    }

    private static double[][] scaled(Predictions test, double temperature) {
        return TemperatureScaling.apply(test.pooledLogProbabilities(), temperature);
    }

    /** What one temperature makes of pooled probabilities. */
    private record Calibrated(
            double temperature,
            Scores scores,
            CalibrationErrors errors,
            double riskCoverageArea,
            ReliabilityBins reliability) {

        static Calibrated of(Predictions test, Predictions validation) {
            test.requireSameMembers(validation);
            double temperature = fit(validation);
            double[][] scaled = scaled(test, temperature);
            int[] labels = test.labels();
            return new Calibrated(
                    temperature,
                    Scores.of(scaled, labels),
                    CalibrationErrors.of(scaled, labels),
                    RiskCoverage.of(scaled, labels).area(),
                    ReliabilityBins.of(scaled, labels));
        }
    }
}
