package dev.polyphony.experiment;

/**
 * One mistake of a recipe. Prints as one line, such as {@code line 3: student.subnetworks is 3, but the ensemble has 4
 * members; write 4}.
 *
 * @param line where it stands, 1-based
 * @param path the key, such as {@code student.subnetworks}, or what else is wrong, such as {@code the file}
 * @param problem what is wrong, as the rest of a sentence that starts with the path
 * @param remedy what would be right, as an imperative
 */
public record Mistake(int line, String path, String problem, String remedy) {

    @Override
    public String toString() {
        return "line " + line + ": " + path + " " + problem + "; " + remedy;
    }
}
