package dev.polyphony.datasets;

/** Is told how far a download is, or the decoding of what was downloaded. Called often, on the thread that opens the data set. */
public interface DownloadProgress {

    /** Tells nobody. */
    DownloadProgress NONE = (file, received, total) -> {};

    /**
     * More of a file has come.
     *
     * @param file its name, without directories, or what is decoded
     * @param received bytes of it so far
     * @param total bytes it has in all, or -1 if the server does not say
     */
    void received(String file, long received, long total);
}
