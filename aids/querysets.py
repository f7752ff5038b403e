exec(open('/tmp/try.py').read())
from aids import catalogue
def cold(u):
    catalogue._kept.clear(); get(u,0)
for u in ['/aides/','/aides/?profil=interne&departement=36','/aides/?commune=36063&zone=ZIP&forme=forfait&financeur=assurance-maladie&q=install','/aides/cesp/','/aides/simulateur/','/aides/simulateur/?profil=primo-installe&specialite=medecine-generale&mode=liberal-individuel&secteur=secteur-1&commune=36063&date=2026-12-01&premiere-installation=oui&meme-categorie=non','/aides/simulateur/?profil=interne&departement=36','/aides.csv','/aides.json','/aides/flux.xml','/aides/simulateur.ics?profil=interne&departement=36&date=2027-03-01','/aides/?financeur=x&zone=A&zone=ZIP']: cold(u)
