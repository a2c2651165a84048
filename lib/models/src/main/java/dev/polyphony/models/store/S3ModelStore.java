package dev.polyphony.models.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A store in a bucket of Amazon S3 or of a server that speaks its protocol.
 *
 * <p>An object appears whole or not at all; that is S3's own promise. Every upload carries the MD5 of its bytes, which
 * the server compares with what arrived and refuses otherwise. What is read is checked as in a directory, by SHA-256.
 *
 * <p>Credentials, region and endpoint come from where AWS's own tools look for them: {@code AWS_ACCESS_KEY_ID}, {@code
 * AWS_SECRET_ACCESS_KEY}, {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_S3}, a profile, a pod's or a node's role.
 */
public final class S3ModelStore implements ModelStore {

    private static final Pattern LOCATION = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/?");
    private static final Duration ATTEMPT = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 6;
    private static final int FORBIDDEN = 403;
    private static final List<String> ENDPOINT_VARIABLES = List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    S3ModelStore(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /**
     * The store at a place such as {@code s3://models/polyphony}.
     *
     * @throws ModelStoreException if that is no place in a bucket, or there are no credentials
     */
    public static S3ModelStore at(String location) {
        Matcher matcher = LOCATION.matcher(location);
        String folder =
                matcher.matches() ? Optional.ofNullable(matcher.group(2)).orElse("") : "/";
        if (!folder.isEmpty() && !Addresses.isAddress(folder)) {
            throw new ModelStoreException("\"" + location
                    + "\" is no place for a model store: expected s3://BUCKET or s3://BUCKET/FOLDER, the bucket of"
                    + " lower-case letters, digits, '.' and '-'");
        }
        return new S3ModelStore(client(), matcher.group(1), folder.isEmpty() ? "" : folder + "/");
    }

    private static S3Client client() {
        AwsCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build();
        try {
            credentials.resolveCredentials();
        } catch (SdkClientException none) {
            throw new ModelStoreException("no credentials for the model store's bucket: set AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, or give the pod or the node a role");
        }
        S3ClientBuilder builder = builder().credentialsProvider(credentials);
        if (ENDPOINT_VARIABLES.stream().anyMatch(name -> System.getenv(name) != null)) {
            // A server of one's own neither makes a host name of every bucket nor asks for the region.
            String region = Optional.ofNullable(System.getenv("AWS_REGION")).orElse(Region.US_EAST_1.id());
            builder.forcePathStyle(true).region(Region.of(region));
        }
        return builder.build();
    }

    /** Checksums of newer kinds than MD5 are left out: not every server that speaks the protocol knows them. */
    static S3ClientBuilder builder() {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(options -> options.apiCallAttemptTimeout(ATTEMPT)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
    }

    @Override
    public StoredFile put(String address, byte[] content) {
        String key = key(address);
        String md5 = Base64.getEncoder().encodeToString(md5(content));
        RequestBody body = RequestBody.fromContentProvider(
                ContentStreamProvider.fromByteArrayUnsafe(content), content.length, "application/octet-stream");
        asked(
                "write " + address,
                () -> client.putObject(
                        request -> request.bucket(bucket).key(key).contentMD5(md5), body));
        return StoredFile.of(address, content);
    }

    @Override
    public byte[] get(String address, String sha256) {
        byte[] content = read(address)
                .orElseThrow(() -> new ModelStoreException(address + " is not in the model store " + this));
        return StoredFile.verified(content, address, sha256, "the model store " + this);
    }

    @Override
    public Optional<byte[]> read(String address) {
        String key = key(address);
        return asked("read " + address, () -> {
            try {
                return Optional.of(client.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key))
                        .asByteArrayUnsafe());
            } catch (NoSuchKeyException none) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<String> addresses(String prefix) {
        String all = this.prefix + prefix;
        return asked(
                "list " + prefix,
                () -> client
                        .listObjectsV2Paginator(
                                request -> request.bucket(bucket).prefix(all))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(this.prefix.length()))
                        .filter(Addresses::isAddress)
                        .sorted()
                        .toList());
    }

    @Override
    public void delete(String address) {
        String key = key(address);
        asked(
                "delete " + address,
                () -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    private String key(String address) {
        return prefix + Addresses.checked(address);
    }

    /** What the server answers; what it refuses for good is told in one sentence, what may pass is left as it is. */
    private <T> T asked(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (NoSuchBucketException none) {
            throw new ModelStoreException("cannot " + what + ": there is no bucket " + bucket
                    + "; create it, or name another in polyphony.store");
        } catch (S3Exception refusal) {
            if (refusal.statusCode() == FORBIDDEN) {
                throw new ModelStoreException(
                        "cannot " + what + " in the model store " + this + ": the server refuses it ("
                                + refusal.awsErrorDetails().errorCode()
                                + "); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may do");
            }
            throw refusal;
        }
    }

    private static byte[] md5(byte[] content) {
        try {
            return MessageDigest.getInstance("MD5").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
