package dev.morgana.lsm.store;

import dev.morgana.lsm.file.FileError;
import dev.morgana.lsm.file.FileReading;
import dev.morgana.lsm.file.FileSettings;
import dev.morgana.lsm.file.FileWriting;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.WriteTransaction;

/** The files in an open ekv store, one transaction per call. Errors bear the names that they have for files. */
public final class FileDatabase {
    private final EkvStore ekv;
    private final FileSettings settings;

    /** The files in a store. */
    public FileDatabase(EkvStore ekv, FileSettings settings) {
        this.ekv = ekv;
        this.settings = settings;
    }

    /** The store that holds the keys of the files, and others beside them. */
    public EkvStore ekv() {
        return ekv;
    }

    /** What files may be like. */
    public FileSettings settings() {
        return settings;
    }

    /** What is done with files that do not change meanwhile. */
    public interface Reading<T> {
        /** Does it. */
        T run(FileReading files) throws StoreException;
    }

    /** What is done to files as one. */
    public interface Writing<T> {
        /** Does it. */
        T run(FileWriting files) throws StoreException;
    }

    /** Reads in one transaction. */
    public <T> T reading(Reading<T> action) throws StoreException {
        try (ReadTransaction transaction = ekv.read()) {
            return action.run(new FileReading(transaction, settings));
        } catch (StoreException e) {
            throw FileError.translated(e);
        }
    }

    /** Writes in one transaction, which is committed unless the action fails. */
    public <T> T writing(Writing<T> action) throws StoreException {
        try (WriteTransaction transaction = ekv.write()) {
            FileWriting files = new FileWriting(transaction, settings);
            T answer = action.run(files);
            files.commit();
            return answer;
        } catch (StoreException e) {
            throw FileError.translated(e);
        }
    }

    /** What is opened in a transaction of its own. */
    interface Opening<T> {
        T open(FileReading files, ReadTransaction transaction) throws StoreException;
    }

    /** Opens something that owns the transaction it reads in; nothing is left open if that fails. */
    <T> T opening(Opening<T> action) throws StoreException {
        ReadTransaction transaction = ekv.read();
        try {
            return action.open(new FileReading(transaction, settings), transaction);
        } catch (StoreException e) {
            transaction.close();
            throw FileError.translated(e);
        } catch (RuntimeException e) {
            transaction.close();
            throw e;
        }
    }
}
