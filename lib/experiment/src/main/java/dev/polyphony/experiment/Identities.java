package dev.polyphony.experiment;

/**
 * The names under which an experiment's artefacts are found: each the first 12 hexadecimal digits of a SHA-256 over the
 * canonical JSON of what determines it.
 *
 * @param datasetId of the files' checksums and the dataset part
 * @param ensembleId of datasetId and the ensemble part
 * @param streamId of ensembleId and the stream part, pacing left out
 * @param runId of streamId and the student part
 */
public record Identities(String datasetId, String ensembleId, String streamId, String runId) {}
